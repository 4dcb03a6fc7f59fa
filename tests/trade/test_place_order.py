"""Placing an order: what is decided, what is written, what is refused and in which order."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from jishi import trade
from jishi.goods import Stock
from jishi.kernel import Refused, new_id
from jishi.trade.order_number import is_well_formed
from jishi.trade.place_order import World, decide
from jishi.trade.rules import LINES_MAX
from jishi.trade.types import PricedLine
from tests.conftest import opened
from tests.shops import STORE, price_of, seed_shops, sku_of
from tests.trade.orders import place

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


def world(free: int = 10) -> World:
    """Give a shelf with SKUs 1 and 2, and 3 that is not for sale."""
    shelf = {
        n: Stock(sku_id=n, price_fen=100 * n, is_live=n != 3, store_id=STORE, free=free)
        for n in (1, 2, 3)
    }
    return World(shelf, {99}, NOW)


def test_an_order_is_priced_from_the_shelf_and_waits_a_quarter_of_an_hour() -> None:
    answer = decide(world(), place(1, (1, 2, 100), (2, 1, 200)))
    assert isinstance(answer, trade.OrderPlaced)
    assert answer.lines == [PricedLine(1, STORE, 2, 100), PricedLine(2, STORE, 1, 200)]
    assert (answer.total_fen, answer.pay_until) == (400, NOW + timedelta(minutes=15))


def test_the_last_item_is_sold_once() -> None:
    shelf = world(free=1)
    assert isinstance(decide(shelf, place(1, (1, 1, 100))), trade.OrderPlaced)
    assert decide(shelf, place(1, (1, 1, 100))) == Refused("out_of_stock", {"sku_ids": [1]})


def test_a_refused_order_takes_nothing_from_the_shelf() -> None:
    shelf = world(free=1)
    refused = decide(shelf, place(1, (1, 1, 100), (2, 2, 200)))
    assert refused == Refused("out_of_stock", {"sku_ids": [2]})
    assert (shelf.shelf[1].free, shelf.shelf[2].free) == (1, 1)


def test_the_reasons_against_come_in_this_order() -> None:
    lines, quantity = {"lines_max": LINES_MAX}, {"quantity_max": 999}
    every = [(7, 0, 5), (3, 99, 1), (1, 99, 1)]
    assert decide(world(), place(1)) == Refused("lines_out_of_bounds", lines)
    many = [(n, 1, 1) for n in range(51)]
    assert decide(world(), place(1, *many)) == Refused("lines_out_of_bounds", lines)
    twice = place(1, (1, 1, 100), (1, 1, 100))
    assert decide(world(), twice) == Refused("lines_out_of_bounds", lines)
    assert decide(world(), place(1, *every)) == Refused("quantity_out_of_bounds", quantity)
    assert decide(world(), place(1, (1, 1000, 1))) == Refused("quantity_out_of_bounds", quantity)
    long = place(1, (7, 1, 5), remark="x" * 201, order_id=99)
    assert decide(world(), long) == Refused("remark_too_long", {"characters_max": 200})
    assert decide(world(), place(1, (7, 1, 5), order_id=99)) == Refused("order_id_taken")
    unknown = place(1, (7, 1, 5), (3, 1, 1), (1, 1, 1))
    assert decide(world(), unknown) == Refused("not_for_sale", {"sku_ids": [7, 3]})
    changed = place(1, (1, 99, 1), (2, 1, 200))
    assert decide(world(), changed) == Refused("price_changed", {"sku_ids": [1]})
    assert decide(world(), place(1, (1, 11, 100))) == Refused("out_of_stock", {"sku_ids": [1]})


@pytest.fixture
def book() -> int:
    """Give a book that no other test has."""
    return new_id() >> 20


def test_what_is_recorded_is_the_order_its_lines_its_step_and_the_move(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        await seed_shops(owner_url, book)
        async with opened(database_url) as market:
            first, second = sku_of(book, 1), sku_of(book, 2)
            asked = place(book, (first, 2, price_of(1)), (second, 1, price_of(2)), remark="轻放")
            answer = await market.ask(asked)
            assert isinstance(answer, trade.OrderPlaced)
            assert answer == await market.ask(asked)
        connection = await asyncpg.connect(owner_url)
        orders = await connection.fetch("select * from trade.orders where book = $1", book)
        lines = await connection.fetch(
            "select sku_id, quantity, price_fen, title, options from trade.order_lines"
            " where book = $1 order by position", book,
        )  # fmt: skip
        moves = await connection.fetch(
            "select number, position, unit, amount, giver_kind, taker_kind, reason"
            " from ledger.transfers where book = $1 and number > 1 order by position", book,
        )  # fmt: skip
        balances = await connection.fetch(
            "select unit, kind, balance from ledger.accounts where book = $1 and unit = any($2)"
            " order by unit, kind", book, [first, second],
        )  # fmt: skip
        await connection.close()
        [order] = orders
        assert (order["order_id"], order["buyer_id"], order["state"]) == (
            asked.order_id,
            7,
            "awaiting_payment",
        )
        assert (order["total_fen"], order["remark"]) == (2 * price_of(1) + price_of(2), "轻放")
        assert [tuple(line) for line in lines] == [
            (first, 2, price_of(1), "龙井茶1", ["100克"]),
            (second, 1, price_of(2), "龙井茶2", ["100克"]),
        ]
        assert [tuple(move) for move in moves] == [
            (2, 1, first, 2, "shelf", "reserved", "order_placed"),
            (2, 2, second, 1, "shelf", "reserved", "order_placed"),
        ]
        assert [tuple(balance) for balance in balances] == [
            (first, "reserved", 2), (first, "shelf", 8),
            (second, "reserved", 1), (second, "shelf", 9),
        ]  # fmt: skip

    asyncio.run(scene())


def test_thirty_buyers_of_ten_items_and_a_refusal_writes_nothing(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        await seed_shops(owner_url, book)
        async with opened(database_url) as market:
            asked = [place(book, (sku_of(book, 1), 1, price_of(1))) for _ in range(30)]
            answers = await asyncio.gather(*map(market.ask, asked))
            assert sum(isinstance(answer, trade.OrderPlaced) for answer in answers) == 10
        connection = await asyncpg.connect(owner_url)
        for table in ("trade.orders", "trade.order_lines", "trade.order_steps"):
            found = await connection.fetchval(f"select count(*) from {table} where book = {book}")
            assert found == 10
        events = "select event_count from kernel.books where book = $1"
        assert await connection.fetchval(events, book) == 11
        await connection.close()

    asyncio.run(scene())


def test_a_buyer_sees_his_order_and_nobody_else_does(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        await seed_shops(owner_url, book)
        async with opened(database_url) as market:
            asked = place(book, (sku_of(book, 1), 1, price_of(1)), buyer=book + 1)
            await market.ask(asked)
            look, shop, order = trade.views.order, f"shop-{book}", asked.public_id
            mine = await market.look(look, person=book + 1, shop=shop, order=order)
            assert mine is not None
            assert is_well_formed(mine.order_number)
            assert await market.look(look, person=book + 2, shop=shop, order=order) is None
            assert await market.look(look, shop=shop, order=order) is None
            assert await market.look(look, book=book + 7, shop=shop, order=order) is None
            page, buyer = 2**63 - 1, book + 1
            rows = await market.look(
                trade.views.my_orders, person=buyer, buyer_id=buyer, before=page, orders_max=10
            )
            assert [row.order for row in rows] == [asked.public_id]
            spied = await market.look(
                trade.views.my_orders, person=book + 2, buyer_id=buyer, before=page, orders_max=10
            )
            assert spied == []

    asyncio.run(scene())


def test_the_market_s_login_cannot_change_history(
    database_url: str, owner_url: str, book: int
) -> None:
    """Neither the login nor the owner may: grants stop the one, triggers the other."""
    statements = [
        "update ledger.transfers set amount = 1",
        "delete from ledger.transfers",
        "truncate ledger.transfers",
        "delete from kernel.events",
        "update kernel.events set actor_id = 1",
        "delete from kernel.keys",
        "truncate kernel.keys",
        "update trade.order_lines set quantity = 1",
        "delete from trade.order_steps",
    ]  # fmt: skip

    async def scene() -> None:
        await seed_shops(owner_url, book)
        async with opened(database_url) as market:
            await market.ask(place(book, (sku_of(book, 1), 1, price_of(1))))
        for url, error in (
            (database_url, asyncpg.InsufficientPrivilegeError),
            (owner_url, asyncpg.RestrictViolationError),
        ):
            connection = await asyncpg.connect(url)
            await connection.execute(f"set jishi.book = '{book}'")
            for statement in statements:
                with pytest.raises(error):
                    await connection.execute(statement)
            await connection.close()

    asyncio.run(scene())
