"""Picking: from which store each line of an order comes."""

import asyncio

import pytest

from jishi import trade
from jishi.goods import Stock
from jishi.kernel import Refused, new_id
from jishi.trade import Destination, Line
from jishi.trade.picking import picked
from tests.conftest import opened
from tests.goods.two_stores import OTHER, second_store
from tests.shops import STORE, price_of, seed_shops, sku_of
from tests.trade.orders import HOME, place

HERE, THERE = (Destination("pickup", store_id=store) for store in (STORE, OTHER))


def shelves(**free: tuple[int, ...]) -> dict[int, list[Stock]]:
    """Give shelves: `s1=(3, 0)` three of SKU 1 in the first store and none in the second."""
    return {
        int(name[1:]): [
            Stock(sku_id=int(name[1:]), price_fen=1, is_live=True, store_id=store, free=units)
            for store, units in enumerate(its, start=1)
        ]
        for name, its in free.items()
    }


def lines(*wanted: tuple[int, int]) -> list[Line]:
    """Want so many of each."""
    return [Line(sku_id, quantity, 1) for sku_id, quantity in wanted]


@pytest.mark.parametrize(
    ("to", "wanted", "stores"),
    [
        (HOME, [(1, 3)], {1: 1}),
        (HOME, [(1, 4)], {1: 2}),
        (HOME, [(1, 9)], {1: 2}),
        (HOME, [(1, 1), (2, 1)], {1: 2, 2: 2}),
        (HOME, [(1, 1), (3, 1)], {1: 1, 3: 1}),
        (HOME, [(2, 1), (3, 1)], {2: 2, 3: 1}),
        (HERE, [(1, 1), (2, 1)], {1: 1, 2: 1}),
        (THERE, [(1, 1)], {1: 2}),
        (HOME, [(7, 1)], {}),
    ],
)
def test_one_store_has_all_or_each_line_its_own(
    to: Destination, wanted: list[tuple[int, int]], stores: dict[int, int]
) -> None:
    its = shelves(s1=(3, 5), s2=(0, 2), s3=(4, 0))
    found = picked(its, lines(*wanted), to)
    assert {sku_id: stock.store_id for sku_id, stock in found.items()} == stores


def test_what_lies_in_the_second_store_is_sold_there_and_by_parcel(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        book = new_id() >> 20
        await seed_shops(owner_url, book, stock=2)
        await second_store(database_url, book, p1=5)
        line = (sku_of(book, 1), 4, price_of(1))
        async with opened(database_url) as market:
            (offer,) = await market.look(trade.views.offers, books=[book], sku_ids=[line[0]])
            assert offer.free == 5, "the most that can be had at once"
            refused = await market.ask(place(book, line, destination=HERE))
            assert refused == Refused("out_of_stock", {"sku_ids": [line[0]]})
            for to in (THERE, HOME):
                asked = place(book, (line[0], 1, line[2]), destination=to)
                placed = await market.ask(asked)
                assert isinstance(placed, trade.OrderPlaced)
                assert placed.lines[0].store_id == (OTHER if to is THERE else STORE)
            sent = await market.ask(place(book, line, destination=HOME))
            assert isinstance(sent, trade.OrderPlaced)
            assert sent.lines[0].store_id == OTHER
            (offer,) = await market.look(trade.views.offers, books=[book], sku_ids=[line[0]])
            assert offer.free == 1
            nowhere = Destination("pickup", store_id=9)
            lost = await market.ask(place(book, (line[0], 1, line[2]), destination=nowhere))
            assert lost == Refused("out_of_stock", {"sku_ids": [line[0]]})

    asyncio.run(scene())
