"""Notes: written by staff about their own shop's order, kept, and seen by no buyer."""

import asyncio
from uuid import uuid4

import pytest

from jishi import trade
from jishi.kernel import Refused, new_id
from jishi.trade.note_order import Noted, decide
from tests.conftest import opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import place


def note(book: int, order_id: int, text: str = "客户要求早上送") -> trade.NoteOrder:
    """Ask to note something."""
    return trade.NoteOrder(key=uuid4(), book=book, actor_id=900, order_id=order_id, note=text)


@pytest.mark.parametrize("text", ["", " ", "x" * 501, "a\x00b"])
def test_what_is_no_note_is_refused(text: str) -> None:
    answer = decide({1: Noted(1, 0)}, note(1, 1, text))
    assert answer == Refused("text_out_of_bounds", {"characters_max": 500})


def test_an_order_has_a_hundred_notes_at_most() -> None:
    world = {1: Noted(1, 99)}
    assert isinstance(decide(world, note(1, 1)), trade.OrderNoted)
    assert decide(world, note(1, 1)) == Refused("too_many_notes", {"notes_max": 100})


def test_a_note_is_kept_in_its_shop_and_in_no_event(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        book = new_id() >> 20
        await seed_shops(owner_url, book, shops=2)
        async with opened(database_url) as market:
            asked = place(book, (sku_of(book, 1), 1, price_of(1)))
            await market.ask(asked)
            answer = await market.ask(note(book, asked.order_id))
            assert answer == trade.OrderNoted(subject_id=asked.order_id)
            assert await market.ask(note(book + 1, asked.order_id)) == Refused("order_unknown")
            facts = await market.look(trade.selling.facts, book=book, order=asked.public_id)
            assert facts is not None
            assert [(each.staff_id, each.note) for each in facts.notes] == [(900, "客户要求早上送")]
            seen = await market.look(trade.selling.facts, person=7, book=0, order=asked.public_id)
            assert seen is None

    asyncio.run(scene())
