"""Pricing: in bounds, with its history, and never stale for whoever orders next."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest

from jishi import goods, trade
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import place


def price(book: int, sku_id: int, fen: int, compare: int | None = None) -> goods.PriceSku:
    """Ask for a price."""
    return goods.PriceSku(
        key=uuid4(), book=book, actor_id=0, sku_id=sku_id, price_fen=fen, compare_fen=compare
    )


@pytest.fixture
def book() -> int:
    """Give a book that no other test has; seeded ids must fit 63 bits."""
    return new_id() >> 20


def test_a_price_holds_for_the_next_order_and_its_history_is_kept(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        await seed_shops(owner_url, book)
        sku = sku_of(book, 1)
        async with opened(database_url) as market:
            assert isinstance(await market.ask(price(book, sku, 500)), goods.SkuPriced)
            stale = place(book, (sku, 1, price_of(1)))
            told = {"sku_ids": [sku], "old_fen": [price_of(1)], "new_fen": [500]}
            assert await market.ask(stale) == Refused("price_changed", told)
            assert isinstance(await market.ask(place(book, (sku, 1, 500))), trade.OrderPlaced)
        connection = await asyncpg.connect(owner_url)
        rows = await connection.fetch(
            "select price_fen, compare_fen from goods.prices where book = $1", book
        )
        await connection.close()
        assert [tuple(row) for row in rows] == [(500, None)]

    asyncio.run(scene())


def test_of_several_prices_in_a_batch_the_last_one_holds(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        await seed_shops(owner_url, book)
        sku = sku_of(book, 1)
        async with opened(database_url) as market:
            await asyncio.gather(*(market.ask(price(book, sku, fen)) for fen in (300, 200, 400)))
            assert isinstance(await market.ask(place(book, (sku, 1, 400))), trade.OrderPlaced)

    asyncio.run(scene())


def test_an_order_that_waits_while_the_price_changes_is_never_sold_at_the_old_one(
    database_url: str, owner_url: str, book: int
) -> None:
    """Another process holds the book; a price change and an order wait behind it, in any order."""

    async def scene() -> None:
        await seed_shops(owner_url, book, stock=100)
        sku = sku_of(book, 1)
        async with opened(database_url) as market, opened(database_url) as other:
            async with market.database.transaction(book=book, lock=True):
                changing = asyncio.create_task(other.ask(price(book, sku, 777)))
                await asyncio.sleep(0.05)
                waiting = [
                    asyncio.create_task(market.ask(place(book, (sku, 1, fen))))
                    for fen in (price_of(1), 777) * 5
                ]
                await asyncio.sleep(0.05)
            assert isinstance(await changing, goods.SkuPriced)
            answers = await asyncio.gather(*waiting)
            connection = await asyncpg.connect(owner_url)
            rows = await connection.fetch(
                "select line.price_fen, step.number from trade.order_lines as line"
                " join trade.order_steps as step using (book, order_id) where book = $1", book,
            )  # fmt: skip
            changed_at = await connection.fetchval(
                "select number from goods.prices where book = $1", book
            )
            await connection.close()
            assert rows
            assert len(rows) == sum(isinstance(each, trade.OrderPlaced) for each in answers)
            for row in rows:
                assert row["price_fen"] == (777 if row["number"] > changed_at else price_of(1))

    asyncio.run(scene())


def test_prices_out_of_bounds_are_refused(database_url: str, owner_url: str, book: int) -> None:
    async def scene() -> None:
        await seed_shops(owner_url, book)
        sku = sku_of(book, 1)
        async with opened(database_url) as market:
            bounds = Refused("price_out_of_bounds", {"price_fen_max": 100_000_000})
            assert await market.ask(price(book, sku, -1)) == bounds
            assert await market.ask(price(book, sku, 100_000_001)) == bounds
            higher = Refused("struck_price_not_higher")
            assert await market.ask(price(book, sku, 500, 500)) == higher
            assert await market.ask(price(book, 1, 500)) == Refused("sku_unknown")

    asyncio.run(scene())
