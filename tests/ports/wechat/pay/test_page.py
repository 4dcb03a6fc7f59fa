"""What a page, a mini program or an app is handed opens WeChat's own sheet."""

import asyncio

import msgspec

from jishi.ports.wechat.pay.page import app_payment, page_payment, transfer_page
from jishi.ports.wechat.signing import is_signed
from tests.ports.wechat.pay.platform import APPID, MCHID, NOW, Platform, a_merchant, pair


def test_a_page_pays_with_a_signature_over_appid_time_nonce_and_package() -> None:
    async def scene() -> None:
        async with a_merchant(Platform()) as merchant:
            made = page_payment(merchant, APPID, "wx201410272009395522657a690389285100")
            told = msgspec.json.decode(msgspec.json.encode(made), type=dict[str, str])
            assert list(told) == [
                "appId", "timeStamp", "nonceStr", "package", "signType", "paySign",
            ]  # fmt: skip
            assert told["timeStamp"] == str(NOW)
            assert told["package"] == "prepay_id=wx201410272009395522657a690389285100"
            assert told["signType"] == "RSA"
            message = f"{APPID}\n{NOW}\n{told['nonceStr']}\n{told['package']}\n".encode()
            key = pair("merchant").key.public_key()
            assert is_signed(key, message, told["paySign"])
            assert page_payment(merchant, APPID, "wx1").nonce_str != told["nonceStr"]

    asyncio.run(scene())


def test_an_app_pays_with_a_signature_over_the_bare_prepay_id() -> None:
    async def scene() -> None:
        async with a_merchant(Platform()) as merchant:
            made = app_payment(merchant, APPID, "wx2014")
            told = msgspec.json.decode(msgspec.json.encode(made), type=dict[str, str])
            assert told["partnerid"] == MCHID
            assert told["prepayid"] == "wx2014"
            assert told["package"] == "Sign=WXPay"
            message = f"{APPID}\n{told['timestamp']}\n{told['noncestr']}\nwx2014\n".encode()
            assert is_signed(pair("merchant").key.public_key(), message, told["sign"])

    asyncio.run(scene())


def test_a_page_confirms_a_transfer_by_its_package() -> None:
    async def scene() -> None:
        async with a_merchant(Platform()) as merchant:
            made = transfer_page(merchant, APPID, "affffddafdfafddffda==")
            told = msgspec.json.decode(msgspec.json.encode(made), type=dict[str, str])
            assert told == {"mchId": MCHID, "appId": APPID, "package": "affffddafdfafddffda=="}

    asyncio.run(scene())
