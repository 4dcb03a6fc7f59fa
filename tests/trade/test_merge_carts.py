"""Merging carts: nothing is lost or doubled, and the guest's is empty afterwards."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from jishi import trade
from jishi.kernel import Refused, new_id
from jishi.trade.carts import CART_LINES_MAX, CartLine
from jishi.trade.merge_carts import decide
from tests.conftest import opened
from tests.trade.carts import kept, merge, put, world

NOTHING = Refused("nothing_to_merge")


def test_of_what_both_have_the_larger_quantity_is_kept() -> None:
    carts = world(h7=[CartLine(5, 1, 2, 100), CartLine(5, 2, 1, 50)],
                  h8=[CartLine(5, 1, 5, 90), CartLine(6, 1, 1, 10)])  # fmt: skip
    answer = decide(carts, merge(7, 8))
    assert isinstance(answer, trade.CartsMerged)
    assert answer.lines == [CartLine(5, 1, 5, 90), CartLine(6, 1, 1, 10)]
    assert answer.lines_count == 3
    assert decide(carts, merge(7, 8)) == NOTHING


def test_an_empty_cart_and_one_s_own_are_nothing_to_merge() -> None:
    carts = world(h7=[CartLine(5, 1, 2, 100)])
    assert decide(carts, merge(7, 8)) == NOTHING
    assert decide(carts, merge(7, 7)) == NOTHING
    assert list(carts[7]) == [(5, 1)]


lines = st.lists(st.tuples(st.integers(1, 150), st.integers(1, 999)), max_size=CART_LINES_MAX,
                 unique_by=lambda line: line[0])  # fmt: skip


@given(lines, lines)
def test_whatever_they_hold_the_person_keeps_his_and_gets_what_there_is_room_for(
    own: list[tuple[int, int]], guests: list[tuple[int, int]]
) -> None:
    carts = world(h7=[CartLine(5, sku, n, 1) for sku, n in own],
                  h8=[CartLine(5, sku, n, 2) for sku, n in guests])  # fmt: skip
    answer = decide(carts, merge(7, 8))
    assert isinstance(answer, Refused) == (not guests)
    mine = {sku: line.quantity for (_, sku), line in carts[7].items()}
    assert len(mine) == min(CART_LINES_MAX, len(dict(own) | dict(guests)))
    for sku, quantity in own:
        assert mine[sku] == max(quantity, dict(guests).get(sku, 0))
    assert carts[8] == {}


def test_two_sign_ins_at_once_merge_once(database_url: str, owner_url: str) -> None:
    person, guest = new_id(), new_id()

    async def scene() -> None:
        async with opened(database_url) as market, opened(database_url) as other:
            await market.ask(put(person, 5, 1, 2))
            await market.ask(put(guest, 5, 1, 1))
            await market.ask(put(guest, 6, 3, 4))
            answers = await asyncio.gather(
                market.ask(merge(person, guest)), other.ask(merge(person, guest))
            )
            assert sum(isinstance(each, trade.CartsMerged) for each in answers) == 1
            assert NOTHING in answers
        assert await kept(owner_url, person) == [(5, 1, 2, 1, True), (6, 3, 4, 1, True)]
        assert await kept(owner_url, guest) == []

    asyncio.run(scene())
