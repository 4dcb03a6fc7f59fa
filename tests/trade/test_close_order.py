"""Closing: only what is closing; what it had set aside goes back where it was taken."""

import asyncio

import asyncpg
import pytest

from jishi import trade
from jishi.kernel import Refused, new_id
from jishi.trade.types import ReservedLine
from tests.conftest import opened
from tests.shops import STORE, price_of, seed_shops, sku_of
from tests.trade.orders import cancel, close, place


@pytest.fixture
def book() -> int:
    """Give a book that no other test has."""
    return new_id() >> 20


def test_each_line_goes_back_to_its_shelf(database_url: str, owner_url: str, book: int) -> None:
    async def scene() -> None:
        await seed_shops(owner_url, book)
        first, second = sku_of(book, 1), sku_of(book, 2)
        async with opened(database_url) as market:
            asked = place(book, (first, 2, price_of(1)), (second, 1, price_of(2)))
            await market.ask(asked)
            await market.ask(cancel(book, asked.order_id))
            answer = await market.ask(close(book, asked.order_id))
            assert answer == trade.OrderClosed(
                subject_id=asked.order_id,
                lines=[
                    ReservedLine(asked.order_id, first, STORE, 2),
                    ReservedLine(asked.order_id, second, STORE, 1),
                ],
            )
            assert await market.ask(close(book, new_id())) == Refused("order_unknown")
        connection = await asyncpg.connect(owner_url)
        rows = await connection.fetch(
            "select kind, balance from ledger.accounts where book = $1 and unit = any($2)"
            " group by kind, balance order by kind", book, [first, second],
        )  # fmt: skip
        await connection.close()
        assert [tuple(row) for row in rows] == [("reserved", 0), ("shelf", 10)]

    asyncio.run(scene())
