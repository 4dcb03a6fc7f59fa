"""Placing an order: what is decided, what is written, what is refused and in which order."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import msgspec
import pytest

from jishi import trade
from jishi.goods import Stock
from jishi.kernel import Refused, new_id
from jishi.trade.freight_rules import Freight, Zone
from jishi.trade.order_number import is_well_formed
from jishi.trade.place_order import World, decide
from jishi.trade.rules import LINES_MAX
from jishi.trade.types import PricedLine
from tests.conftest import opened
from tests.shops import STORE, price_of, seed_shops, sku_of
from tests.trade.freights import flat, set_freight
from tests.trade.orders import place

NOWHERE = trade.Destination("parcel")
AWAY = trade.Destination("parcel", address_id=1, division="441500")
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


FREIGHT = Freight("piece", [
    Zone(["44"], is_served=True, first=2, first_fen=500, more=1, more_fen=100, free_from_fen=600),
    Zone(["4415"], is_served=False, first=1, first_fen=0, more=1, more_fen=0, free_from_fen=0),
])  # fmt: skip


def world(free: int = 10, freight: Freight | None = None) -> World:
    """Give a shelf with SKUs 1 and 2, and 3 that is not for sale."""
    shelves = {
        n: [Stock(sku_id=n, price_fen=100 * n, is_live=n != 3, store_id=STORE, free=free)]
        for n in (1, 2, 3)
    }
    return World(shelves, freight, {99}, NOW)


def test_an_order_is_priced_from_the_shelf_and_waits_a_quarter_of_an_hour() -> None:
    answer = decide(world(), place(1, (1, 2, 100), (2, 1, 200)))
    assert isinstance(answer, trade.OrderPlaced)
    assert answer.lines == [PricedLine(1, STORE, 2, 100, 200), PricedLine(2, STORE, 1, 200, 200)]
    assert (answer.goods_fen, answer.discount_fen, answer.freight_fen) == (400, 0, 0)
    assert (answer.total_fen, answer.pay_until) == (400, NOW + timedelta(minutes=15))


def test_what_was_told_before_prices_were_explained_can_still_be_read() -> None:
    old = """{"subject_id": 1, "public_id": "a", "total_fen": 400,
        "pay_until": "2026-11-22T04:15:00Z",
        "lines": [{"sku_id": 1, "store_id": 1, "quantity": 4, "price_fen": 100}]}"""
    told = msgspec.json.decode(old, type=trade.OrderPlaced)
    assert (told.total_fen, told.freight_fen, told.lines[0].price_fen) == (400, 0, 100)


def test_the_last_item_is_sold_once() -> None:
    shelf = world(free=1)
    assert isinstance(decide(shelf, place(1, (1, 1, 100))), trade.OrderPlaced)
    assert decide(shelf, place(1, (1, 1, 100))) == Refused("out_of_stock", {"sku_ids": [1]})


def test_a_refused_order_takes_nothing_from_the_shelf() -> None:
    shelf = world(free=1)
    refused = decide(shelf, place(1, (1, 1, 100), (2, 2, 200)))
    assert refused == Refused("out_of_stock", {"sku_ids": [2]})
    assert (shelf.shelves[1][0].free, shelf.shelves[2][0].free) == (1, 1)


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
    unclear = place(1, (7, 1, 5), destination=NOWHERE, order_id=99)
    assert decide(world(), unclear) == Refused("destination_unclear")
    assert decide(world(), place(1, (7, 1, 5), order_id=99)) == Refused("order_id_taken")
    unknown = place(1, (7, 1, 5), (3, 1, 1), (1, 1, 1))
    assert decide(world(), unknown) == Refused("not_for_sale", {"sku_ids": [7, 3]})
    changed = place(1, (1, 99, 1), (2, 1, 200))
    told = {"sku_ids": [1], "old_fen": [1], "new_fen": [100]}
    assert decide(world(), changed) == Refused("price_changed", told)
    there = world(freight=FREIGHT)
    too_many = place(1, (1, 11, 100), destination=AWAY)
    assert decide(there, too_many) == Refused("out_of_stock", {"sku_ids": [1]})
    assert decide(there, place(1, (1, 1, 100), destination=AWAY)) == Refused("not_deliverable")
    seen = {"old_fen": 0, "new_fen": 500}
    assert decide(there, place(1, (1, 1, 100))) == Refused("freight_changed", seen)


def test_freight_is_charged_as_it_was_seen_and_free_from_an_amount() -> None:
    there = world(freight=FREIGHT)
    charged = decide(there, place(1, (1, 3, 100), freight_fen=600))
    assert isinstance(charged, trade.OrderPlaced)
    assert (charged.goods_fen, charged.freight_fen, charged.total_fen) == (300, 600, 900)
    free = decide(there, place(1, (2, 3, 200)))
    assert isinstance(free, trade.OrderPlaced)
    assert (free.freight_fen, free.total_fen) == (0, 600)


@pytest.mark.parametrize("unclear", [
    trade.Destination("parcel"), trade.Destination("parcel", address_id=1),
    trade.Destination("parcel", address_id=1, division="4403"),
    trade.Destination("parcel", address_id=1, division="４４０３０５"),
    trade.Destination("parcel", address_id=1, division="440305", store_id=1),
    trade.Destination("pickup"), trade.Destination("pickup", store_id=1, address_id=1),
    trade.Destination("pickup", store_id=1, division="440305"),
    trade.Destination("same_city", division="440305"), trade.Destination("drone"),
])  # fmt: skip
def test_an_order_without_a_clear_destination_is_refused(unclear: trade.Destination) -> None:
    asked = place(1, (1, 1, 100), destination=unclear)
    assert decide(world(), asked) == Refused("destination_unclear")


def test_what_is_picked_up_must_lie_in_that_store_and_pays_no_freight() -> None:
    there = world(freight=FREIGHT)
    here = place(1, (1, 1, 100), destination=trade.Destination("pickup", store_id=STORE))
    answer = decide(there, here)
    assert isinstance(answer, trade.OrderPlaced)
    assert answer.freight_fen == 0
    elsewhere = place(1, (1, 1, 100), destination=trade.Destination("pickup", store_id=STORE + 1))
    assert decide(there, elsewhere) == Refused("out_of_stock", {"sku_ids": [1]})


@pytest.fixture
def book() -> int:
    """Give a book that no other test has."""
    return new_id() >> 20


def test_what_is_recorded_is_the_order_its_lines_its_step_and_the_move(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        await seed_shops(owner_url, book)
        first, second = sku_of(book, 1), sku_of(book, 2)
        asked = place(
            book, (first, 2, price_of(1)), (second, 1, price_of(2)), remark="轻放",
            freight_fen=800, purchase_id=5,
        )  # fmt: skip
        async with opened(database_url) as market:
            await market.ask(set_freight(book, flat(800)))
            answer = await market.ask(asked)
            assert isinstance(answer, trade.OrderPlaced)
            assert answer == await market.ask(asked)
        goods_fen = 2 * price_of(1) + price_of(2)
        assert await rows(owner_url, ORDERS, book) == [(
            asked.order_id, 7, "awaiting_payment", goods_fen, 0, 800, goods_fen + 800, "轻放",
            "parcel", 70, "440305", 0, 5,
        )]  # fmt: skip
        assert await rows(owner_url, LINES, book) == [
            (first, 2, price_of(1), 2 * price_of(1), "龙井茶1", ["100克"]),
            (second, 1, price_of(2), price_of(2), "龙井茶2", ["100克"]),
        ]
        assert await rows(owner_url, MOVES, book) == [
            (3, 1, first, 2, "shelf", "reserved", "order_placed"),
            (3, 2, second, 1, "shelf", "reserved", "order_placed"),
        ]
        assert await rows(owner_url, BALANCES, book) == [
            (first, "reserved", 2), (first, "shelf", 8),
            (second, "reserved", 1), (second, "shelf", 9),
            *((sku_of(book, n), kind, balance) for n in (3, 4, 5)
              for kind, balance in (("reserved", 0), ("shelf", 10))),
        ]  # fmt: skip

    asyncio.run(scene())


ORDERS = """select order_id, buyer_id, state, goods_fen, discount_fen, freight_fen, total_fen,
    remark, delivery, address_id, division, store_id, purchase_id
    from trade.orders where book = $1"""
LINES = """select sku_id, quantity, price_fen, paid_fen, title, options from trade.order_lines
    where book = $1 order by position"""
MOVES = """select number, position, unit, amount, giver_kind, taker_kind, reason
    from ledger.transfers where book = $1 and number > 2 order by position"""
BALANCES = """select unit, kind, balance from ledger.accounts where book = $1
    order by unit, kind"""


async def rows(owner_url: str, question: str, book: int) -> list[tuple[object, ...]]:
    """Read rows as the owner."""
    connection = await asyncpg.connect(owner_url)
    found = await connection.fetch(question, book)
    await connection.close()
    return [tuple(row) for row in found]


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
                trade.mine.orders,
                person=buyer,
                buyer_id=buyer,
                before=page,
                states=[],
                orders_max=10,
            )
            assert [row.order for row in rows] == [asked.public_id]
            spied = await market.look(
                trade.mine.orders,
                person=book + 2,
                buyer_id=buyer,
                before=page,
                states=[],
                orders_max=10,
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
