"""Limits of buying: how many a person may have, and what only who confirms it may buy."""

import asyncio

import msgspec

from jishi import trade
from jishi.kernel import Refused, new_id
from jishi.trade.place_order import decide
from tests.conftest import opened, run_as_owner
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import cancel, place
from tests.trade.test_place_order import world


def test_a_person_has_no_more_than_he_may_what_he_had_before_counted() -> None:
    there = world()
    for sku_id in (1, 2):
        there.shelves[sku_id][0].product_id, there.shelves[sku_id][0].person_max = 8, 4
    there.bought[7, 8] = 1
    refused = Refused("person_max_reached", {"sku_ids": [1, 2], "person_max": 4})
    assert decide(there, place(1, (1, 2, 100), (2, 2, 200))) == refused
    assert isinstance(decide(there, place(1, (1, 2, 100))), trade.OrderPlaced)
    assert isinstance(decide(there, place(1, (2, 4, 200), buyer=9)), trade.OrderPlaced)
    assert isinstance(decide(there, place(1, (2, 1, 200))), trade.OrderPlaced)
    last = Refused("person_max_reached", {"sku_ids": [2], "person_max": 4})
    assert decide(there, place(1, (2, 1, 200))) == last


def test_what_will_not_be_taken_back_is_sold_to_whoever_confirms_it() -> None:
    there = world()
    there.shelves[1][0].needs_confirmation = True
    asked = place(1, (1, 1, 5))
    assert decide(there, asked) == Refused("not_confirmed", {"sku_ids": [1]})
    confirmed = msgspec.structs.replace(place(1, (1, 1, 100)), confirmed=True)
    assert isinstance(decide(there, confirmed), trade.OrderPlaced)


def test_a_limit_counts_open_and_paid_orders_and_forgets_cancelled_ones(
    database_url: str, owner_url: str
) -> None:
    book = new_id() >> 20

    async def scene() -> None:
        await seed_shops(owner_url, book)
        limit = f"update goods.products set person_max = 3 where book = {book}"
        await run_as_owner(owner_url, limit)
        line = (sku_of(book, 1), 2, price_of(1))
        async with opened(database_url) as market:
            first = place(book, line)
            assert isinstance(await market.ask(first), trade.OrderPlaced)
            refused = await market.ask(place(book, line))
            told = {"sku_ids": [sku_of(book, 1)], "person_max": 3}
            assert refused == Refused("person_max_reached", told)
            many = await asyncio.gather(
                *(market.ask(place(book, (line[0], 1, line[2]))) for _ in range(5))
            )
            assert sum(isinstance(each, trade.OrderPlaced) for each in many) == 1
            await market.ask(cancel(book, first.order_id), wait=3)
            assert isinstance(await market.ask(place(book, line)), trade.OrderPlaced)

    asyncio.run(scene())
