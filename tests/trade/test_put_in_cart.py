"""Putting in a cart: more of it adds up, bounds are kept, what is written is the line alone."""

import asyncio

import pytest

from jishi import trade
from jishi.kernel import Refused, new_id
from jishi.trade.carts import CART_LINES_MAX, CartLine
from jishi.trade.put_in_cart import decide
from tests.conftest import opened
from tests.trade.carts import kept, put, world

FULL = [CartLine(5, n, 1, 1) for n in range(CART_LINES_MAX)]
QUANTITY = Refused("quantity_out_of_bounds", {"quantity_max": 999})


def test_more_of_the_same_adds_up_at_the_price_seen_last() -> None:
    carts = world(h7=[CartLine(5, 1, 2, 100, is_chosen=False)])
    answer = decide(carts, put(7, 5, 1, 3, 90))
    assert isinstance(answer, trade.PutIntoCart)
    assert (answer.line, answer.lines_count) == (CartLine(5, 1, 5, 90), 1)


def test_the_reasons_against_come_in_this_order() -> None:
    assert decide(world(), put(7, 5, 1, 0, -1)) == QUANTITY
    assert decide(world(h7=[CartLine(5, 1, 999, 1)]), put(7, 5, 1, 1)) == QUANTITY
    assert decide(world(h7=FULL), put(7, 5, 999, 1, -1)) == Refused("price_out_of_bounds")
    full = Refused("cart_full", {"lines_max": CART_LINES_MAX})
    assert decide(world(h7=FULL), put(7, 5, 999, 1)) == full
    assert isinstance(decide(world(h7=FULL), put(7, 5, 1, 1)), trade.PutIntoCart)
    assert isinstance(decide(world(h7=FULL), put(8, 5, 999, 1)), trade.PutIntoCart)


def test_the_last_place_is_taken_once_within_a_batch() -> None:
    carts = world(h7=FULL[1:])
    assert isinstance(decide(carts, put(7, 5, 500, 1)), trade.PutIntoCart)
    assert isinstance(decide(carts, put(7, 5, 501, 1)), Refused)


def test_twenty_taps_at_once_add_up(database_url: str, owner_url: str) -> None:
    holder = new_id()

    async def scene() -> None:
        async with opened(database_url) as market:
            asked = [put(holder, 5, 1, 1, fen) for fen in range(1, 21)]
            await asyncio.gather(*map(market.ask, asked))
            assert await market.ask(asked[0]) == await market.ask(asked[0])
            assert await market.ask(put(holder, 5, 2, 1000)) == QUANTITY
        [line] = await kept(owner_url, holder)
        assert line[:3] == (5, 1, 20)

    asyncio.run(scene())


@pytest.mark.parametrize("who", ["nobody", "another"])
def test_a_cart_is_seen_by_its_holder_alone(database_url: str, who: str) -> None:
    holder = new_id()

    async def scene() -> None:
        async with opened(database_url) as market:
            await market.ask(put(holder, 5, 1, 2))
            look = trade.views.cart
            mine = await market.look(look, person=holder, of_book=1, holder_id=holder)
            assert [line.quantity for line in mine] == [2]
            person = {"nobody": 0, "another": holder + 1}[who]
            assert await market.look(look, person=person, of_book=1, holder_id=holder) == []

    asyncio.run(scene())
