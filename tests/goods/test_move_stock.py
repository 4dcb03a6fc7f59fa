"""Moving stock: from shelf to shelf, never below nothing, and nothing is lost on the way."""

import asyncio
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jishi import goods
from jishi.goods import desk
from jishi.goods.move_stock import World, decide
from jishi.kernel import Refused, Tx, new_id
from tests.conftest import opened
from tests.goods.two_stores import OTHER, second_store
from tests.shops import STORE, seed_shops, sku_of

IDS = st.sampled_from([0, 1, STORE, OTHER, -1, 2**63 - 1])
QUANTITIES = st.integers(-1, 12) | st.sampled_from([10**6, 10**7, 2**63])


def move(book: int, sku_id: int, quantity: int, start: int = STORE, to: int = OTHER
) -> goods.MoveStock:  # fmt: skip
    """Ask for units to go to another store."""
    return goods.MoveStock(
        key=uuid4(), book=book, actor_id=0, sku_id=sku_id, from_store_id=start, to_store_id=to,
        quantity=quantity,
    )  # fmt: skip


async def lying(url: str, book: int, sku_id: int) -> dict[int, int]:
    """Read what lies in each store."""
    async with opened(url) as market, market.database.transaction(book=book) as connection:
        found = await goods.shelf(Tx(connection, book), [sku_id])
        return {each.store_id: each.free for each in found}


def test_units_lie_in_the_other_store_afterwards(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        book = new_id() >> 20
        await seed_shops(owner_url, book, skus=1, stock=10)
        await second_store(database_url, book)
        asked = move(book, sku_of(book, 1), 4)
        async with opened(database_url) as market:
            expected = goods.StockMoved(
                subject_id=sku_of(book, 1), from_store_id=STORE, to_store_id=OTHER, quantity=4
            )
            assert [await market.ask(asked) for _ in range(2)] == [expected, expected]
        assert await lying(database_url, book, sku_of(book, 1)) == {STORE: 6, OTHER: 4}

    asyncio.run(scene())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wishes=st.lists(st.tuples(QUANTITIES, IDS, IDS), max_size=10))
def test_what_decide_accepts_the_tables_accept(
    database_url: str, owner_url: str, wishes: list[tuple[int, int, int]]
) -> None:
    async def scene() -> None:
        book = new_id() >> 20
        await seed_shops(owner_url, book, skus=1, stock=10)
        await second_store(database_url, book)
        async with opened(database_url) as market:
            asked = [market.ask(move(book, sku_of(book, 1), *each)) for each in wishes]
            await asyncio.gather(*asked)
        found = await lying(database_url, book, sku_of(book, 1))
        assert sum(found.values()) == 10
        assert min(found.values()) >= 0

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("quantity", "sku_id", "start", "to", "reason"),
    [
        (0, 9, 9, 9, "quantity_out_of_bounds"),
        (1_000_001, 9, 9, 9, "quantity_out_of_bounds"),
        (1, 9, 9, 9, "sku_unknown"),
        (1, 1, 9, 1, "store_unknown"),
        (1, 1, 1, 9, "store_unknown"),
        (1, 1, 1, 1, "same_store"),
        (4, 1, 1, 2, "stock_too_low"),
    ],
)
def test_the_reasons_against_come_in_this_order(
    quantity: int, sku_id: int, start: int, to: int, reason: str
) -> None:
    one, two = (
        goods.Stock(sku_id=1, price_fen=100, is_live=True, store_id=store, free=free)
        for store, free in ((1, 3), (2, 0))
    )
    refused = decide(World({1: {1: one, 2: two}}), move(1, sku_id, quantity, start, to))
    assert isinstance(refused, Refused)
    assert refused.reason == reason
    assert (one.free, two.free) == (3, 0)


def test_the_ledger_says_between_which_stores(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        book = new_id() >> 20
        await seed_shops(owner_url, book, skus=1, stock=10)
        await second_store(database_url, book)
        async with opened(database_url) as market:
            await market.ask(move(book, sku_of(book, 1), 4))
            moves = await market.look(
                desk.moves, book=book, sku_id=sku_of(book, 1), before=2**62, moves_max=9
            )
        assert [(each.from_store_id, each.store_id, each.quantity) for each in moves] == [
            (STORE, OTHER, 4), (0, STORE, 10)
        ]  # fmt: skip

    asyncio.run(scene())
