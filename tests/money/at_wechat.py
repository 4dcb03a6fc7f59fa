"""Refunds at a WeChat that runs here, for tests: paid, asked back, looked for until they end."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from jishi import money, trade
from jishi.kernel import Market
from jishi.money.look_for_refund import look_for_refunds
from tests.conftest import Cluster, clone, on, opened, run_as_owner
from tests.sandbox.scene import a_running_sandbox
from tests.shops import price_of, sku_of
from tests.trade.orders import place
from tests.trade.paying import start
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


async def looked_until(
    market: Market, owner_url: str, wechat: str, book: int, state: str, refunds: int = 1
) -> None:
    """Let the clock look until WeChat says how so many refunds ended."""
    due = f"update money.refunds set look_at = now() where book = {book}"
    for _ in range(SECONDS_MAX * 5):
        if await count(owner_url, STATE, book, state) >= refunds:
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
