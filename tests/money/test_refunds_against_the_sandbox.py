"""Refunds against a WeChat that runs here: asked, told or looked for, they end once, to the fen."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
import pytest

from jishi import money, trade
from jishi.kernel import Market, Refused
from jishi.money.look_for_refund import look_for_refunds
from tests.conftest import Cluster, clone, on, opened, run_as_owner
from tests.money.refunding import ask
from tests.sandbox.scene import a_running_sandbox
from tests.shops import price_of, sku_of
from tests.trade.orders import cancel, close, place
from tests.trade.paying import start
from tests.trade.test_take_payment import broken
from tests.web.reader import count

TOTAL = 3 * price_of(1)
HELD = "select balance from ledger.accounts where book = $1 and kind = $2"
STATE = "select count(*) from money.refunds where book = $1 and state = $2"
SECONDS_MAX = 20


@pytest.fixture(scope="module")
def wechat() -> Iterator[str]:
    """Lend a WeChat."""
    with asyncio.Runner() as runner:
        lent = clone()
        with a_running_sandbox(on(Cluster.login_url, runner.run(lent.__aenter__()))) as base:
            yield base
        runner.run(lent.__aexit__(None, None, None))


@pytest.fixture(scope="module")
def own() -> Iterator[str]:
    """Lend a database in which no other test left anything to do."""
    with asyncio.Runner() as runner:
        lent = clone()
        yield runner.run(lent.__aenter__())
        runner.run(lent.__aexit__(None, None, None))


@pytest.fixture(scope="module")
def database_url(own: str) -> str:
    """Give the URL at which the market logs in to it."""
    return on(Cluster.login_url, own)


@pytest.fixture(scope="module")
def owner_url(own: str) -> str:
    """Give its owner's URL."""
    return on(Cluster.owner_url, own)


@asynccontextmanager
async def a_market(url: str, wechat: str) -> AsyncIterator[Market]:
    """Lend a market that is paid through it; nobody tells it of anything by itself."""
    os.environ["JISHI_WECHAT"] = wechat
    money.gateway.open(money.read_settings)
    try:
        async with opened(url) as market:
            yield market
    finally:
        await money.gateway.close()
        del os.environ["JISHI_WECHAT"]


def control(wechat: str, method: str, path: str, **body: Any) -> Any:
    """Use the sandbox's control door."""
    answer = httpx.request(method, f"{wechat}{path}", json=body, timeout=30)
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


async def begun(market: Market, book: int) -> trade.PaymentStarted:
    """Order three and let WeChat know of an attempt."""
    asked = place(book, (sku_of(book, 1), 3, price_of(1)))
    await market.ask(asked)
    settings = await money.gateway.ready()
    assert settings is not None
    wish = start(book, asked.order_id, appid=settings.appid, mchid=settings.mchid)
    answer = await market.ask(wish, wait=10)
    assert isinstance(answer, trade.PaymentStarted)
    return answer


def pay_newest(wechat: str) -> None:
    """Pay what was prepaid last."""
    [newest, *_] = control(wechat, "GET", "/sandbox/orders")["orders"]
    paid = control(wechat, "POST", "/sandbox/payments", prepay_id=newest["prepay_id"])
    assert paid["is_paid"], paid


async def paid(market: Market, wechat: str, book: int) -> trade.PaymentStarted:
    """Order, pay at WeChat, and take what it says."""
    attempt = await begun(market, book)
    pay_newest(wechat)
    came = await money.gateway.paid(attempt.out_trade_no)
    assert came is not None
    taken = await market.ask(trade.reactions.take(came, book))
    assert isinstance(taken, trade.PaymentTaken)
    assert taken.trouble == ""
    return attempt


async def looked_until(market: Market, owner_url: str, wechat: str, book: int, state: str) -> None:
    """Let the clock look until WeChat says how the refund ended."""
    due = f"update money.refunds set look_at = now() where book = {book}"
    for _ in range(SECONDS_MAX * 5):
        if await count(owner_url, STATE, book, state):
            return
        await asyncio.to_thread(control, wechat, "POST", "/sandbox/clock", advance_seconds=600)
        await run_as_owner(owner_url, due)
        await look_for_refunds(market)
        while await market.worker.work_due():
            pass
        await asyncio.sleep(0.2)
    raise AssertionError("the refund did not end")


@pytest.fixture
def calm(wechat: str) -> Iterator[None]:
    """Let no fault outlive its test, and the clock stand where it stood."""
    yield
    control(wechat, "DELETE", "/sandbox/faults")


def test_a_part_goes_back_and_is_found_without_a_notice(
    database_url: str, owner_url: str, wechat: str, book: int
) -> None:
    async def scene() -> None:
        async with a_market(database_url, wechat) as market:
            attempt = await paid(market, wechat, book)
            asked = await market.ask(ask(book, attempt.order_id, 1_000), wait=10)
            assert isinstance(asked, money.RefundAsked)
            await looked_until(market, owner_url, wechat, book, "succeeded")
            [newest, *_] = control(wechat, "GET", "/sandbox/orders")["orders"]
            assert newest["refunded_fen"] == 1_000
        assert await count(owner_url, HELD, book, "escrow") == TOTAL - 1_000
        assert await count(owner_url, HELD, book, "refunding") == 0
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_a_refund_asked_twice_at_wechat_is_one(
    database_url: str, owner_url: str, wechat: str, book: int
) -> None:
    """Defect 5 of others: the answer is lost, all ask again, and the number is the same."""

    async def scene() -> None:
        async with a_market(database_url, wechat) as market:
            attempt = await paid(market, wechat, book)
            asked = await market.ask(ask(book, attempt.order_id, 1_000))
            assert isinstance(asked, money.RefundAsked)
            back = money.Back(
                asked.out_refund_no, asked.out_trade_no, 1_000, asked.paid_fen, "after_sale"
            )
            for _ in range(3):
                await money.gateway.refund(back)
            await looked_until(market, owner_url, wechat, book, "succeeded")
            [newest, *_] = control(wechat, "GET", "/sandbox/orders")["orders"]
            assert newest["refunded_fen"] == 1_000
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_a_refund_that_wechat_never_heard_of_is_asked_by_the_look(
    database_url: str, owner_url: str, wechat: str, book: int
) -> None:
    async def scene() -> None:
        async with a_market(database_url, wechat) as market:
            attempt = await paid(market, wechat, book)
            await market.ask(ask(book, attempt.order_id, 1_000))
            gone = f"delete from kernel.todos where book = {book}"
            await run_as_owner(owner_url, gone)
            await looked_until(market, owner_url, wechat, book, "succeeded")
        assert await count(owner_url, HELD, book, "escrow") == TOTAL - 1_000
        assert await broken(owner_url) == []

    asyncio.run(scene())


@pytest.mark.usefixtures("calm")
def test_an_abnormal_refund_keeps_its_money_aside_and_ends_by_the_abnormal_path(
    database_url: str, owner_url: str, wechat: str, book: int
) -> None:
    async def scene() -> None:
        async with a_market(database_url, wechat) as market:
            attempt = await paid(market, wechat, book)
            control(wechat, "POST", "/sandbox/faults", kind="refund_abnormal")
            asked = await market.ask(ask(book, attempt.order_id, 1_000), wait=10)
            assert isinstance(asked, money.RefundAsked)
            await looked_until(market, owner_url, wechat, book, "abnormal")
            more = await market.ask(ask(book, attempt.order_id, TOTAL - 999))
            assert more == Refused("refund_too_large", {"left_fen": TOTAL - 1_000})
            assert await count(owner_url, HELD, book, "refunding") == 1_000
            control(wechat, "DELETE", "/sandbox/faults")
            wish = money.SettleRefund(
                key=uuid4(), book=book, actor_id=9, refund_id=asked.subject_id
            )
            assert isinstance(await market.ask(wish, wait=10), money.RefundSettling)
            await looked_until(market, owner_url, wechat, book, "succeeded")
        assert await count(owner_url, HELD, book, "refunding") == 0
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_what_is_paid_too_late_goes_back_by_itself(
    database_url: str, owner_url: str, wechat: str, book: int
) -> None:
    async def scene() -> None:
        async with a_market(database_url, wechat) as market:
            attempt = await begun(market, book)
            await market.ask(cancel(book, attempt.order_id))
            # As if WeChat had said that it is closed, and took the money all the same.
            await market.ask(close(book, attempt.order_id))
            await market.ask(place(book, (sku_of(book, 1), 10, price_of(1))))
            pay_newest(wechat)
            came = await money.gateway.paid(attempt.out_trade_no)
            assert came is not None
            taken = await market.ask(trade.reactions.take(came, book), wait=10)
            assert isinstance(taken, trade.PaymentTaken)
            assert taken.trouble == "paid_late"
            await looked_until(market, owner_url, wechat, book, "succeeded")
            [newest, *_] = control(wechat, "GET", "/sandbox/orders")["orders"]
            assert newest["refunded_fen"] == TOTAL
        assert await count(owner_url, HELD, book, "escrow") == 0
        assert await broken(owner_url) == []

    asyncio.run(scene())
