"""The live client outlives what the sandbox's fault menu has: on calls, on answers, on notices."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from jishi.ports.wechat.failures import AnsweredWithError, AnswerNotTrusted
from jishi.ports.wechat.pay import Notice, echo, orders, prepay
from tests.ports.wechat.pay.shop import OTHER, Shop, Work, is_public

Visit = Callable[[Work], None]
JSAPI = "/v3/pay/transactions/jsapi"
PAID = "TRANSACTION.SUCCESS"


def test_an_echo_proves_the_keys_in_both_modes(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        for merchant in shop.merchants[:2]:
            heard = await echo.echo(merchant, "你好")
            assert (heard.message, heard.hidden_message) == ("你好", "你好")
            asked = shop.calls[-1].request.headers["wechatpay-serial"]
            said = shop.calls[-1].headers["wechatpay-serial"]
            assert is_public(asked) == is_public(said) == (merchant is shop.merchant)

    visit(work)


@pytest.mark.parametrize("fault", ["system_error", "rate_limited", "dropped"])
def test_a_call_that_fails_once_is_made_once(visit: Visit, fault: str) -> None:
    async def work(shop: Shop) -> None:
        await shop.scene.arm(fault, operation=JSAPI, times=1)
        order = shop.order()
        prepaid = await prepay.prepay_jsapi(shop.merchant, order)
        asked = [each.request for each in shop.calls if each.request.url.path == JSAPI]
        assert len(asked) == 2
        assert asked[0].content == asked[1].content
        assert asked[0].headers["authorization"] != asked[1].headers["authorization"]
        await shop.pay(prepay_id=prepaid.prepay_id)
        found = await orders.query_order(shop.merchant, order.out_trade_no)
        assert found.trade_state == "SUCCESS"

    visit(work)


def test_an_answer_that_is_signed_wrongly_is_not_used(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        for merchant in shop.merchants[:2]:
            await shop.scene.arm("bad_signature", operation=JSAPI, times=1)
            with pytest.raises(AnswerNotTrusted) as failure:
                await prepay.prepay_jsapi(merchant, shop.order(merchant))
            assert failure.value.reason == "forged"

    visit(work)


def test_a_certificate_that_changes_is_followed(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        await prepay.prepay_jsapi(shop.other, shop.order(shop.other))
        old = shop.calls[-1].headers["wechatpay-serial"]
        await shop.scene.control("POST", "/sandbox/certificates")
        await shop.scene.world.reload()
        await prepay.prepay_jsapi(shop.other, shop.order(shop.other))
        new = [each.headers["wechatpay-serial"] for each in shop.calls][-1]
        assert new != old
        assert await shop.other.keys.find(old) is not None
        downloads = [each for each in shop.calls if each.request.url.path == "/v3/certificates"]
        assert len(downloads) == 2

    visit(work)


def test_a_host_that_is_not_wechats_is_not_believed(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        merchant = shop.on_client(shop.scene.merchants[0], OTHER)
        with pytest.raises(AnsweredWithError) as failure:
            await prepay.prepay_jsapi(merchant, shop.order())
        assert failure.value.error.status == 421
        assert not failure.value.error.is_vouched

    visit(work)


def test_who_signs_with_another_key_is_told_so(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        mine, others = shop.scene.merchants[0], shop.scene.merchants[2]
        merchant = shop.on_client(replace(mine, private_pem=others.private_pem))
        with pytest.raises(AnsweredWithError) as failure:
            await orders.query_order(merchant, "S1234567")
        error = failure.value.error
        assert (error.status, error.code, error.number) == (401, "SIGN_ERROR", "268443699")

    visit(work)


@pytest.mark.parametrize(
    ("fault", "rejected", "taken"),
    [
        ("probe", ["probe"], 1),
        ("replay", ["stale"], 1),
        ("duplicate", [], 2),
        ("bad_signature", ["forged"], 1),
        ("key_rotated", [], 1),
        ("lost", [], 1),
    ],
)
def test_notices_are_taken_when_they_are_good(
    visit: Visit, fault: str, rejected: list[str], taken: int
) -> None:
    async def work(shop: Shop) -> None:
        for merchant in shop.merchants[:2]:
            shop.server.read.clear()
            await shop.scene.arm(fault, operation=PAID, times=1)
            _, paid = await shop.paid(merchant)
            await shop.told()
            await shop.scene.advance(15)
            assert shop.server.rejected() == rejected
            notices = shop.server.notices()
            assert len(notices) == taken
            assert len({each.notice_id for each in notices}) == 1
            assert all(isinstance(each, Notice) for each in notices)
            happening = notices[0].happening
            assert isinstance(happening, orders.Transaction)
            assert happening.transaction_id == paid.transaction_id

    visit(work)
