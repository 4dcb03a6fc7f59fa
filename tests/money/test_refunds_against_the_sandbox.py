"""Refunds against a WeChat that runs here: asked, told or looked for, they end once, to the fen."""

import asyncio

from jishi import money, trade
from tests.money.at_wechat import (
    HELD,
    TOTAL,
    a_market,
    begun,
    calm,
    control,
    database_url,
    looked_until,
    own,
    owner_url,
    paid,
    pay_newest,
    wechat,
)
from tests.money.refunding import ask
from tests.shops import price_of, sku_of
from tests.trade.orders import cancel, close, place
from tests.trade.test_take_payment import broken
from tests.web.reader import count

__all__ = ["calm", "database_url", "own", "owner_url", "wechat"]


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
