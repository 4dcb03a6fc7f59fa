"""Purchases for the tests: orders in two shops that are paid at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from uuid import uuid4

import msgspec

from jishi import money, trade
from jishi.kernel import MARKET, Market, new_id
from jishi.trade.pay_together import Payee, Together, combined_of
from tests.conftest import opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import BUYER, place
from tests.trade.paying import APPID, MCHID

OTHER_MCHID = "1900000002"
FAR = 1 << 41
"""The second shop's book is so far from the first, where no other test has one."""


class Bought(NamedTuple):
    """A purchase of two shops, and an open market."""

    market: Market
    books: tuple[int, int]
    orders: tuple[trade.OrderPlaced, trade.OrderPlaced]
    purchase_id: int
    mchids: tuple[str, str] = (MCHID, OTHER_MCHID)
    appid: str = APPID

    def wish(self, buyer: int = BUYER, way: str = "native") -> Together:
        """Want to pay both."""
        parts = [
            trade.PurchasePart(book, order.subject_id)
            for book, order in zip(self.books, self.orders, strict=True)
        ]
        return Together(
            self.purchase_id, buyer, way, self.appid, self.mchids[0],
            [Payee(part, mchid) for part, mchid in zip(parts, self.mchids, strict=True)],
        )  # fmt: skip

    def combined(self) -> money.Combined:
        """Give a combined payment of both."""
        return combined_of(uuid4(), self.wish())

    def start(self, at: int, combined: money.Combined, **other: object) -> trade.StartPayment:
        """Ask to start a part of it."""
        part = combined.parts[at]
        asked = trade.StartPayment(
            key=uuid4(), book=part.book, actor_id=BUYER, order_id=part.order_id,
            attempt_id=part.attempt_id, appid=combined.appid, mchid=part.mchid, way="native",
            combined=combined,
        )  # fmt: skip
        return msgspec.structs.replace(asked, **other)

    def came(self, at: int, combined: money.Combined, **other: object) -> money.Came:
        """Give what comes in for a part."""
        part = combined.parts[at]
        fits = money.Came(
            out_trade_no=money.rules.out_trade_no(part.book, part.attempt_id),
            transaction_id=f"420000{at}", appid=combined.appid, mchid=part.mchid,
            amount_fen=self.orders[at].total_fen, currency="CNY",
        )  # fmt: skip
        return msgspec.structs.replace(fits, **other)


async def buy(market: Market, books: tuple[int, int]) -> Bought:
    """Place an order of three in each of two shops."""
    asked = [place(book, (sku_of(book, 1), 3, price_of(1))) for book in books]
    answer = await trade.place_all(market, uuid4(), asked)
    assert isinstance(answer, trade.Purchased), answer
    first, second = answer.orders
    found = await market.look(
        trade.views.purchase, person=BUYER, of_book=MARKET, purchase=answer.purchase
    )
    assert found is not None
    return Bought(market, books, (first, second), found.purchase_id)


@asynccontextmanager
async def bought(database_url: str, owner_url: str) -> AsyncIterator[Bought]:
    """Lend a purchase in two new shops."""
    first = new_id() >> 20
    books = (first, first + FAR)
    for book in books:
        await seed_shops(owner_url, book)
    async with opened(database_url) as market:
        yield await buy(market, books)
