"""A merchant signs what it asks, and asks again only what may be asked twice."""

import asyncio
from datetime import UTC, datetime

import httpx
import pytest

from jishi.ports.wechat.failures import (
    OutcomeUnknown,
)
from jishi.ports.wechat.pay import BadCredentials, Credentials, orders
from jishi.ports.wechat.pay.channel import target
from jishi.ports.wechat.signing import read_authorization
from tests.ports.wechat.pay.operations import ALL
from tests.ports.wechat.pay.platform import (
    APIV3_KEY,
    APPID,
    MCHID,
    NOW,
    OPENID,
    Platform,
    a_merchant,
    pair,
    signature_faults,
)
from tests.ports.wechat.pay.prepaying import PREPAID, ask

UNPAID = {"appid": APPID, "mchid": MCHID, "out_trade_no": "P1", "trade_state": "NOTPAY"}


def test_an_order_is_asked_for_as_it_is_written() -> None:
    platform = Platform()
    assert ask(platform, platform.says(PREPAID)).prepay_id == PREPAID["prepay_id"]
    [request] = platform.requests
    assert signature_faults(request) == []
    assert request.content.startswith(b'{"appid":"wx8888888888888888","mchid":"1900000109",')
    assert '"description":"龙井 一罐"'.encode() in request.content
    assert b'"time_expire":"2026-01-02T11:04:05+08:00"' in request.content
    assert request.headers["content-type"] == request.headers["accept"] == "application/json"
    told = read_authorization(request.headers["authorization"])
    assert told is not None
    assert (told.timestamp, len(told.nonce_str)) == (NOW, 32)


def test_a_breakdown_is_outlived_with_the_same_bytes_and_a_fresh_signature() -> None:
    platform = Platform()

    def later(_request: httpx.Request) -> httpx.Response:
        platform.time.seconds += 5
        return platform.said({"code": "SYSTEM_ERROR", "message": ""}, 500)

    ask(platform, later, platform.says(PREPAID))
    first, second = platform.requests
    assert first.content == second.content
    assert signature_faults(first) == signature_faults(second) == []
    before, after = (read_authorization(each.headers["authorization"]) for each in (first, second))
    assert before is not None
    assert after is not None
    assert before.nonce_str != after.nonce_str
    assert after.timestamp == before.timestamp + 5
    assert (first.url.host, second.url.host) == ("one.example", "two.example")


@pytest.mark.parametrize("operation", ALL, ids=lambda each: each.name)
def test_only_what_may_be_repeated_is_repeated(operation: object) -> None:
    platform = Platform()
    platform.answers = [lambda request: httpx.ReadTimeout("silence", request=request)]
    [asked] = [each for each in ALL if each is operation]

    async def scene() -> None:
        async with a_merchant(platform, is_public=True) as merchant:
            with pytest.raises(OutcomeUnknown):
                await asked.ask(merchant)

    asyncio.run(scene())
    assert len(platform.requests) == (3 if asked.is_repeatable else 1)
    assert len({request.content for request in platform.requests}) == 1
    assert [fault for each in platform.requests for fault in signature_faults(each)] == []


def test_in_public_key_mode_the_answers_key_is_asked_for() -> None:
    platform = Platform()
    ask(platform, platform.says(PREPAID), is_public=True)
    assert platform.downloads == 0
    assert platform.requests[0].headers["wechatpay-serial"] == platform.serial


def test_an_order_is_looked_up_and_closed() -> None:
    platform = Platform()
    paid = UNPAID | {
        "trade_state": "SUCCESS", "transaction_id": "42", "trade_type": "JSAPI",
        "success_time": "2026-01-01T10:00:00+08:00", "payer": {"openid": OPENID},
        "amount": {"total": 199, "payer_total": 99, "currency": "CNY", "payer_currency": "CNY"},
        "promotion_detail": [{"coupon_id": "c1", "amount": 100, "merchant_contribute": 100}],
    }  # fmt: skip
    platform.answers = [platform.says(UNPAID), platform.says(None, 204), platform.says(paid)]

    async def scene() -> orders.Transaction:
        async with a_merchant(platform) as merchant:
            unpaid = await orders.query_order(merchant, "P1|*-_")
            assert (unpaid.trade_state, unpaid.amount, unpaid.succeeded_at) == (
                "NOTPAY",
                None,
                None,
            )
            await orders.close_order(merchant, "P1")
            return await orders.query_transaction(merchant, "42")

    found = asyncio.run(scene())
    assert found.succeeded_at == datetime(2026, 1, 1, 2, tzinfo=UTC)
    assert found.amount is not None
    assert (found.amount.total_fen, found.amount.payer_total_fen) == (199, 99)
    assert found.promotion_detail[0].merchant_contribute_fen == 100
    first, second, _ = platform.requests
    assert first.url.raw_path.decode() == (
        "/v3/pay/transactions/out-trade-no/P1%7C%2A-_?mchid=1900000109"
    )
    assert second.content == b'{"mchid":"1900000109"}'
    assert [fault for each in platform.requests for fault in signature_faults(each)] == []


@pytest.mark.parametrize("number", ["", ".", ".."])
def test_a_number_that_leads_elsewhere_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="no number for"):
        target("/v3/refund/domestic/refunds/{}", number)
    assert target("/v3/x/{}", "../y?z#", a=None, b="c d&") == "/v3/x/..%2Fy%3Fz%23?b=c%20d%26"


@pytest.mark.parametrize(
    ("pem", "key"),
    [("", APIV3_KEY), (pair("merchant").certificate, APIV3_KEY), (None, "short")],
    ids=["empty", "certificate", "short"],
)
def test_credentials_that_cannot_be_are_refused(pem: str | None, key: str) -> None:
    private_pem = pair("merchant").private_pem if pem is None else pem
    with pytest.raises(BadCredentials):
        Credentials.read(mchid=MCHID, serial="0A", private_pem=private_pem, apiv3_key=key)
