"""Paying together at a WeChat that runs here: a purchase of two shops, and what the tests do."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from jishi import money, trade
from jishi.kernel import Market, new_id
from tests.conftest import opened, run_as_owner
from tests.money.at_wechat import control
from tests.shops import seed_shops
from tests.trade.combining import FAR, Bought, buy
from tests.trade.orders import BUYER
from tests.trade.test_take_payment import broken
from tests.web.reader import count

STATE = "select count(*) from trade.orders where book = $1 and state = $2"


@asynccontextmanager
async def a_purchase(url: str, owner_url: str, wechat: str) -> AsyncIterator[Bought]:
    """Lend a purchase whose parts are paid to two merchants of that WeChat; promises are kept."""
    os.environ["JISHI_WECHAT"] = wechat
    money.gateway.open(money.read_settings)
    known = control(wechat, "GET", "/sandbox/credentials")["merchants"]
    first = new_id() >> 20
    for book in (first, first + FAR):
        await seed_shops(owner_url, book)
    try:
        async with opened(url) as market:
            made = await buy(market, (first, first + FAR))
            settings = await money.gateway.ready()
            assert settings is not None
            mchids = (known[0]["mchid"], known[1]["mchid"])
            yield made._replace(mchids=mchids, appid=settings.appid)
        assert await broken(owner_url) == []
    finally:
        await money.gateway.close()
        del os.environ["JISHI_WECHAT"]


async def begun(here: Bought) -> None:
    """Begin to pay both; WeChat knows of it."""
    assert await trade.pay_together(here.market, uuid4(), here.wish(), wait=10) is None


def bill(wechat: str) -> Any:
    """Give what was prepaid last."""
    return control(wechat, "GET", "/sandbox/orders")["orders"][0]


def pay(wechat: str) -> bool:
    """Pay it, with all that is combined with it."""
    newest = bill(wechat)["prepay_id"]
    return bool(control(wechat, "POST", "/sandbox/payments", prepay_id=newest)["is_paid"])


def combined_of(here: Bought, attempts: list[money.views.OpenPayment]) -> money.Combined:
    """Give the combined payment that is open."""
    [one, other] = [each.combined for each in attempts]
    assert one == other
    assert one is not None
    assert {part.mchid for part in one.parts} == set(here.mchids)
    return one


async def open_of(here: Bought) -> list[money.views.OpenPayment]:
    """Give what is open of both."""
    found: list[money.views.OpenPayment] = []
    for book, order in zip(here.books, here.orders, strict=True):
        one = await here.market.look(
            money.views.open_payment, book=book, of_book=book, order_id=order.subject_id
        )
        found += [one] if one else []
    return found


async def states(here: Bought, owner_url: str, state: str) -> list[int]:
    """Count the orders in a state, in both books."""
    return [await count(owner_url, STATE, book, state) for book in here.books]


async def look(here: Bought, at: int) -> None:
    """Say of a part that it is paid."""
    order, book = here.orders[at], here.books[at]
    asked = trade.LookForPayment(key=uuid4(), book=book, actor_id=BUYER, order_id=order.subject_id)
    await here.market.ask(asked, wait=10)


async def settled(market: Market, owner_url: str) -> None:
    """Work what is to be done until nothing is, but for looking whether somebody pays."""
    for _ in range(40):
        await run_as_owner(owner_url, "update kernel.todos set due_at = now()")
        if not await market.worker.work_due():
            return
