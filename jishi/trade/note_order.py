"""Note something about an order, for the shop's own staff; it stays."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries

NOTE_CHARACTERS_MAX = 500
NOTES_MAX = 100


class NoteOrder(Request, frozen=True, kw_only=True):
    """A member of the staff (`actor_id`) writes something down.

    Refused: `text_out_of_bounds`, `order_unknown`, `too_many_notes`.
    """

    order_id: int
    note: str


class OrderNoted(Event, frozen=True, kw_only=True):
    """It is written down; what it says stands in the notes alone."""


class Noted(msgspec.Struct):
    """An order, and how many notes it has."""

    order_id: int
    notes: int


World = dict[int, Noted]
sql = queries(__file__)
read = sql.many("read", Noted)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[NoteOrder]) -> World:
    """Read how many notes the orders have."""
    found = await read(tx, order_ids=[each.order_id for each in asked])
    return {each.order_id: each for each in found}


def decide(world: World, asked: NoteOrder) -> OrderNoted | Refused:
    """Accept some words about an order of this shop."""
    is_short = len(asked.note) <= NOTE_CHARACTERS_MAX and "\x00" not in asked.note
    if not asked.note.strip() or not is_short:
        return Refused("text_out_of_bounds", {"characters_max": NOTE_CHARACTERS_MAX})
    order = world.get(asked.order_id)
    if order is None:
        return Refused("order_unknown")
    if order.notes >= NOTES_MAX:
        return Refused("too_many_notes", {"notes_max": NOTES_MAX})
    order.notes += 1
    return OrderNoted(subject_id=order.order_id)


async def record(tx: Tx, happened: Sequence[Happened[NoteOrder, OrderNoted]]) -> None:
    """Write the notes."""
    rows = [(asked.order_id, number, asked.actor_id, asked.note) for asked, _, number in happened]
    await write(tx, **columns(rows, "order_ids", "numbers", "staff_ids", "notes"))


note_order = Act(NoteOrder, OrderNoted, gather, decide, record)
