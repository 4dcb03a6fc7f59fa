"""What a page hands to the phone: the bill, or the words with which a phone refuses."""

from typing import Any

import msgspec
import pytest

from jishi.ports.wechat.signing import page_payment_message, sign
from jishi.sandbox.cast import Merchant
from jishi.sandbox.certificates import read_private
from jishi.sandbox.pay.cashier import Bill
from jishi.sandbox.pay.page import PagePayment, check_page_payment
from tests.sandbox.pay.shop import COMBINE, Stage, combined_orders, pay, play, prepaid
from tests.sandbox.scene import Scene


def signed_page(scene: Scene, prepay_id: str, merchant: Merchant | None = None) -> PagePayment:
    """Sign a payment as a shop does."""
    package = f"prepay_id={prepay_id}"
    message = page_payment_message(scene.account.appid, "1795406400", "nonce", package)
    key = read_private((merchant or scene.merchant).private_pem)
    signature = sign(key, message)
    return PagePayment(scene.account.appid, "1795406400", "nonce", package, "RSA", signature)


async def checked(scene: Scene, asked: PagePayment) -> Bill | str:
    """Have the phone look at it."""
    async with scene.world.transaction() as tx:
        return await check_page_payment(tx, asked)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"appId": ""}, "JSAPI缺少参数appId"),
        ({"timeStamp": ""}, "JSAPI缺少参数timeStamp"),
        ({"paySign": ""}, "JSAPI缺少参数paySign"),
        ({"package": "prepay_id=wx1"}, "JSAPI缺少参数total_fee"),
        ({"appId": "wx0"}, "AppID不一致"),
        ({"signType": "MD5"}, "支付验证签名失败"),
        ({"timeStamp": "1795406401"}, "支付验证签名失败"),
        ({"timeStamp": "17954064OO"}, "支付验证签名失败"),
        ({"nonceStr": "other"}, "支付验证签名失败"),
        ({"paySign": "x"}, "支付验证签名失败"),
    ],
)
def test_what_a_page_got_wrong_is_refused(
    pay_stage: Stage, changed: dict[str, Any], words: str
) -> None:
    async def scene(scene: Scene) -> None:
        _, prepay_id = await prepaid(scene)
        good = signed_page(scene, prepay_id)
        assert isinstance(await checked(scene, good), Bill)
        assert await checked(scene, msgspec.structs.replace(good, **changed)) == words
        bare = msgspec.structs.replace(good, package=prepay_id)
        assert await checked(scene, bare) == "JSAPI缺少参数total_fee"

    play(pay_stage, scene)


def test_only_the_merchant_of_the_bill_signs_for_it(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        _, prepay_id = await prepaid(scene)
        other = scene.merchants[1]
        assert await checked(scene, signed_page(scene, prepay_id, other)) == "支付验证签名失败"
        made = await scene.signed("POST", f"{COMBINE}/jsapi", combined_orders(scene))
        combined = signed_page(scene, made.json()["prepay_id"])
        bill = await checked(scene, combined)
        assert isinstance(bill, Bill)
        assert bill.kind == "combine"

    play(pay_stage, scene)


def test_what_is_paid_or_over_is_not_paid_again(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        _, first = await prepaid(scene)
        _, second = await prepaid(scene)
        await pay(scene, prepay_id=first)
        assert await checked(scene, signed_page(scene, first)) == "该订单已支付"
        await scene.advance(7_201)
        words = await checked(scene, signed_page(scene, second))
        assert words == "该订单已过期，请重新下单"

    play(pay_stage, scene)
