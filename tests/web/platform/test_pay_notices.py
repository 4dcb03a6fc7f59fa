"""What WeChat tells over HTTP: taken once when it is vouched for and ours, else nothing happens.

Each spoiled notice is its own control: unspoiled, the same one is taken.
"""

import asyncio
import base64
import gzip
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from jishi import money, trade
from jishi.kernel import MARKET, Market, new_id
from jishi.ports.wechat.transport import Transport
from tests.conftest import opened
from tests.money.refunding import ask
from tests.ports.wechat.pay.noticing import PAID, REFUNDED, envelope
from tests.ports.wechat.pay.platform import (
    APIV3_KEY,
    APPID,
    HOSTS,
    MCHID,
    NOW,
    PUBLIC_KEY_ID,
    Platform,
    pair,
    sealed,
)
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import place
from tests.trade.paying import start
from tests.web.pages import app_of
from tests.web.reader import count

PAID_ORDERS = "select count(*) from trade.orders where book = $1 and state = 'paid'"
ESCROW = "select sum(balance) from ledger.accounts where book = $1 and kind = 'escrow'"
NOTED = (
    "select count(*) from money.exceptions where book = $1 and out_trade_no = $2 and reason = $3"
)
Headers = dict[str, str]
Spoil = Callable[[Headers, bytes], tuple[Headers, bytes]]


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found))
    return found


@pytest.fixture
def platform() -> Platform:
    """Give a WeChat Pay whose clock is ours."""
    found = Platform()
    found.time.seconds = time.time() - NOW
    found.serial = PUBLIC_KEY_ID
    return found


@pytest.fixture
def client(
    database_url: str, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient[Litestar]]:
    """Lend a market that is paid through that WeChat."""
    monkeypatch.setenv("JISHI_SECRET", "a secret of tests, longer than it must be")

    async def read() -> money.PaySettings:
        return money.PaySettings(
            base_urls=HOSTS, appid=APPID, mchid=MCHID, serial=pair("merchant").serial,
            private_pem=pair("merchant").private_pem, apiv3_key=APIV3_KEY,
            public_key_id=PUBLIC_KEY_ID, public_key_pem=platform.signing.public_pem,
            notify_url="https://market.example/wechat/pay/notices",
        )  # fmt: skip

    app = app_of(Market(database_url, is_working=False))
    mocked = httpx.AsyncClient(transport=httpx.MockTransport(platform.handle))
    with TestClient(app, base_url="http://market.example") as found:
        transport = Transport(HOSTS, client=mocked, means=platform.time.means())
        money.gateway.open(read, transport=transport)
        yield found


def begun(database_url: str, book: int) -> trade.PaymentStarted:
    """Place an order of three and start to pay it to the merchant of the tests."""

    async def scene() -> trade.PaymentStarted:
        async with opened(database_url) as market:
            asked = place(book, (sku_of(book, 1), 3, price_of(1)))
            assert isinstance(await market.ask(asked), trade.OrderPlaced)
            wish = start(book, asked.order_id, appid=APPID, mchid=MCHID)
            answer = await market.ask(wish)
            assert isinstance(answer, trade.PaymentStarted)
            return answer

    return asyncio.run(scene())


def paid(number: str, fen: int, **other: Any) -> dict[str, Any]:
    """Give what WeChat says of a payment."""
    amount = {"total": fen, "payer_total": fen, "currency": "CNY", "payer_currency": "CNY"}
    told = {"out_trade_no": number, "transaction_id": f"T{number[-20:]}", "amount": amount}
    return {**PAID, **told, **other}


def notice(platform: Platform, plain: Any) -> tuple[Headers, bytes]:
    """Sign and seal it."""
    raw = json.dumps(envelope("TRANSACTION.SUCCESS", plain), ensure_ascii=False).encode()
    return dict(platform.signed(raw).headers), raw


def tell(client: TestClient[Litestar], headers: Headers, raw: bytes) -> int:
    """Send it as WeChat does."""
    told = {**headers, "content-type": "application/json"}
    told.pop("content-length", None)
    return client.post(money.NOTICES_PATH, content=raw, headers=told).status_code


def test_a_notice_told_again_is_taken_once(
    client: TestClient[Litestar], database_url: str, owner_url: str, platform: Platform, book: int
) -> None:
    attempt = begun(database_url, book)
    told = notice(platform, paid(attempt.out_trade_no, attempt.amount_fen))
    assert [tell(client, *told) for _ in range(5)] == [204] * 5
    assert asyncio.run(count(owner_url, PAID_ORDERS, book)) == 1
    assert asyncio.run(count(owner_url, ESCROW, book)) == attempt.amount_fen


def other(name: str, value: str) -> Spoil:
    """Give a change of one header."""
    return lambda headers, raw: ({**headers, name: value}, raw)


def without(name: str) -> Spoil:
    """Give the loss of one header."""
    return lambda headers, raw: ({k: v for k, v in headers.items() if k != name}, raw)


def test_what_is_spoiled_changes_nothing(
    client: TestClient[Litestar], database_url: str, owner_url: str, platform: Platform, book: int
) -> None:
    attempt = begun(database_url, book)
    good, raw = notice(platform, paid(attempt.out_trade_no, attempt.amount_fen))
    forged = base64.b64encode(bytes(256)).decode()
    spoils: list[tuple[Spoil, int]] = [
        (other("wechatpay-signature", forged), 401),
        (other("wechatpay-signature", "WECHATPAY/SIGNTEST/" + forged), 401),
        (other("wechatpay-timestamp", str(int(time.time()) - 301)), 401),
        (other("wechatpay-timestamp", str(int(time.time()) + 301)), 401),
        (other("wechatpay-nonce", "another"), 401),
        (other("wechatpay-serial", "1234567890ABCDEF"), 503),
        (other("wechatpay-serial", "zz"), 503),
        (other("wechatpay-serial", "PUB_KEY_ID_x"), 503),
        (other("wechatpay-serial", ""), 401),
        (other("wechatpay-signature-type", "WECHATPAY2-SM2-WITH-SM3"), 401),
        (without("wechatpay-signature"), 401),
        (without("wechatpay-serial"), 401),
        (lambda headers, raw: (headers, raw + b" "), 401),
        (lambda headers, raw: (headers, raw.replace(b"TRANSACTION", b"TRANSACTIOM")), 401),
        (lambda headers, _raw: (headers, b""), 401),
        (lambda headers, raw: (headers, json.dumps(json.loads(raw)).encode()), 401),
        (lambda headers, raw: ({**headers, "content-encoding": "gzip"}, gzip.compress(raw)), 401),
        (lambda headers, raw: (headers, raw + b" " * 1_000_000), 413),
    ]
    for spoil, status in spoils:
        assert tell(client, *spoil(good, raw)) == status
        assert asyncio.run(count(owner_url, PAID_ORDERS, book)) == 0
    assert tell(client, good, raw) == 204
    assert asyncio.run(count(owner_url, PAID_ORDERS, book)) == 1


def test_while_keys_change_both_are_believed(
    client: TestClient[Litestar], database_url: str, owner_url: str, platform: Platform, book: int
) -> None:
    for serial in (PUBLIC_KEY_ID, platform.signing.serial):
        platform.serial = serial
        attempt = begun(database_url, book)
        told = notice(platform, paid(attempt.out_trade_no, attempt.amount_fen))
        assert tell(client, *told) == 204, serial
    platform.signing = pair("another platform")
    platform.listed.append(platform.signing)
    platform.serial = platform.signing.serial
    attempt = begun(database_url, book)
    told = notice(platform, paid(attempt.out_trade_no, attempt.amount_fen))
    assert tell(client, *told) == 204, "a new key is looked for"
    assert asyncio.run(count(owner_url, PAID_ORDERS, book)) == 3


def test_what_is_signed_and_not_ours_changes_nothing(
    client: TestClient[Litestar], database_url: str, owner_url: str, platform: Platform, book: int
) -> None:
    attempt = begun(database_url, book)
    fits = paid(attempt.out_trade_no, attempt.amount_fen)
    assert tell(client, *notice(platform, {**fits, "mchid": "1900000001"})) == 403
    assert tell(client, *notice(platform, {**fits, "appid": "wx1"})) == 403
    strange = envelope("TRANSACTION.SUCCESS", fits)
    strange["resource"] |= sealed(json.dumps(fits).encode(), "transaction", key="k" * 32)
    raw = json.dumps(strange).encode()
    assert tell(client, dict(platform.signed(raw).headers), raw) == 400
    for body in (b"[]", b"{}", b'{"id": "1", "id": "2"}', b"\xff"):
        assert tell(client, dict(platform.signed(body).headers), body) == 400
    huge = b"x" * 70_000
    assert tell(client, dict(platform.signed(huge).headers), huge) == 413
    assert asyncio.run(count(owner_url, PAID_ORDERS, book)) == 0
    assert tell(client, *notice(platform, fits)) == 204
    assert asyncio.run(count(owner_url, PAID_ORDERS, book)) == 1


def test_what_pays_nothing_here_is_noted(
    client: TestClient[Litestar], database_url: str, owner_url: str, platform: Platform, book: int
) -> None:
    attempt = begun(database_url, book)
    number = attempt.out_trade_no
    assert tell(client, *notice(platform, paid(number, attempt.amount_fen - 1))) == 204
    assert asyncio.run(count(owner_url, NOTED, book, number, "amount_differs")) == 1
    stranger = f"S{new_id()}"
    assert tell(client, *notice(platform, paid(stranger, 1))) == 204
    assert asyncio.run(count(owner_url, NOTED, MARKET, stranger, "attempt_unknown")) == 1
    nowhere = money.rules.out_trade_no(new_id(), new_id())
    assert [tell(client, *notice(platform, paid(nowhere, 1))) for _ in range(2)] == [204, 204]
    assert asyncio.run(count(owner_url, NOTED, MARKET, nowhere, "attempt_unknown")) == 1
    unpaid = paid(number, attempt.amount_fen, trade_state="NOTPAY")
    assert tell(client, *notice(platform, unpaid)) == 204
    assert asyncio.run(count(owner_url, PAID_ORDERS, book)) == 0
    assert asyncio.run(count(owner_url, ESCROW, book)) == 0


def test_what_cannot_be_kept_now_is_told_again_later(
    client: TestClient[Litestar], database_url: str, owner_url: str, platform: Platform, book: int
) -> None:
    attempt = begun(database_url, book)
    told = notice(platform, paid(attempt.out_trade_no, attempt.amount_fen))
    market = client.app.state["house"].market
    market.is_open = False
    assert tell(client, *told) == 503
    market.is_open = True
    assert asyncio.run(count(owner_url, PAID_ORDERS, book)) == 0
    assert tell(client, *told) == 204
    assert asyncio.run(count(owner_url, PAID_ORDERS, book)) == 1


def test_where_paying_is_not_set_up_nobody_is_believed(
    client: TestClient[Litestar], platform: Platform
) -> None:
    async def none() -> None:
        return None

    money.gateway.open(none)
    assert tell(client, *notice(platform, paid("P1", 1))) == 503


def test_a_refund_told_of_again_ends_once(
    client: TestClient[Litestar], database_url: str, owner_url: str, platform: Platform, book: int
) -> None:
    attempt = begun(database_url, book)
    fen = attempt.amount_fen
    assert tell(client, *notice(platform, paid(attempt.out_trade_no, fen))) == 204
    wish = ask(book, attempt.order_id, 500)

    async def scene() -> None:
        async with opened(database_url) as market:
            assert isinstance(await market.ask(wish), money.RefundAsked)

    asyncio.run(scene())
    number = money.rules.out_refund_no(book, wish.refund_id)
    amount = {"total": fen, "refund": 500, "payer_total": fen, "payer_refund": 500}
    told = {**REFUNDED, "out_refund_no": number, "amount": amount}
    raw = json.dumps(envelope("REFUND.SUCCESS", told, "refund"), ensure_ascii=False).encode()
    headers = dict(platform.signed(raw).headers)
    assert [tell(client, headers, raw) for _ in range(3)] == [204] * 3
    assert asyncio.run(count(owner_url, ESCROW, book)) == fen - 500
    went = "select sum(amount) from ledger.transfers where book = $1 and giver_kind = 'refunding'"
    assert asyncio.run(count(owner_url, went, book)) == 500
    other = {**told, "out_refund_no": "R1"}
    raw = json.dumps(envelope("REFUND.SUCCESS", other, "refund"), ensure_ascii=False).encode()
    assert tell(client, dict(platform.signed(raw).headers), raw) == 204
