"""Changing a cart: quantities, what is chosen, what goes out; what is gone stays out."""

import asyncio

from jishi import trade
from jishi.kernel import Refused, new_id
from jishi.trade.carts import CART_LINES_MAX, CartLine
from jishi.trade.change_cart import decide
from tests.conftest import opened
from tests.trade.carts import change, kept, put, world

OWN = [CartLine(5, 1, 2, 100), CartLine(6, 1, 1, 50)]


def test_lines_are_changed_taken_out_and_never_brought_back() -> None:
    carts = world(h7=OWN)
    more, out = CartLine(5, 1, 3, 90, is_chosen=False), CartLine(6, 1, 0, 50)
    answer = decide(carts, change(7, more, out, CartLine(9, 9, 1, 1)))
    assert isinstance(answer, trade.CartChanged)
    assert (answer.lines, answer.lines_count) == ([more, out], 1)
    again = decide(carts, change(7, CartLine(6, 1, 4, 50)))
    assert isinstance(again, trade.CartChanged)
    assert (again.lines, again.lines_count) == ([], 1)


def test_the_reasons_against_come_in_this_order() -> None:
    many = [CartLine(5, n, -1, -1) for n in range(CART_LINES_MAX + 1)]
    full = Refused("cart_full", {"lines_max": CART_LINES_MAX})
    assert decide(world(h7=OWN), change(7, *many)) == full
    bounds = Refused("quantity_out_of_bounds", {"quantity_max": 999})
    assert decide(world(h7=OWN), change(7, CartLine(5, 1, -1, -1))) == bounds
    assert decide(world(h7=OWN), change(7, CartLine(5, 1, 1000, 1))) == bounds
    price = Refused("price_out_of_bounds")
    assert decide(world(h7=OWN), change(7, CartLine(5, 1, 1, -1))) == price


def test_what_is_kept_is_what_was_said_last(database_url: str, owner_url: str) -> None:
    holder = new_id()

    async def scene() -> None:
        async with opened(database_url) as market:
            await market.ask(put(holder, 5, 1, 2))
            await market.ask(put(holder, 5, 2, 1))
            await asyncio.gather(
                market.ask(change(holder, CartLine(5, 1, 7, 3, is_chosen=False))),
                market.ask(change(holder, CartLine(5, 2, 0, 1))),
                market.ask(change(holder + 1, CartLine(5, 1, 0, 1))),
            )
            refused = await market.ask(change(holder, CartLine(5, 1, 0, 1), CartLine(5, 2, -1, 1)))
            assert isinstance(refused, Refused)
        assert await kept(owner_url, holder) == [(5, 1, 7, 3, False)]
        assert await kept(owner_url, holder + 1) == []

    asyncio.run(scene())
