"""Decline another book's hold: nothing here used it, and from now on nothing can."""

from collections.abc import Sequence
from typing import NamedTuple

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.ledger.holds import answers, decline_holds


class DeclineHold(Request, frozen=True, kw_only=True):
    """`from_book` asks whether its hold was used here. Refused: `hold_used`, `hold_declined`."""

    hold_id: int
    from_book: int


class HoldDeclined(Event, frozen=True, kw_only=True):
    """The hold will never be used here; `from_book` may have its amount back."""

    from_book: int


class World(NamedTuple):
    """The holds that were answered here, and whether they were used."""

    answers: dict[int, bool]


async def gather(tx: Tx, asked: Sequence[DeclineHold]) -> World:
    """Read what was answered about these holds."""
    found = await answers(tx, hold_ids=[decline.hold_id for decline in asked])
    return World({each.hold_id: each.is_used for each in found})


def decide(world: World, decline: DeclineHold) -> HoldDeclined | Refused:
    """Accept a hold that nobody answered for: the first answer stands for ever."""
    if decline.hold_id in world.answers:
        is_used = world.answers[decline.hold_id]
        return Refused("hold_used" if is_used else "hold_declined")
    world.answers[decline.hold_id] = False
    return HoldDeclined(subject_id=decline.hold_id, from_book=decline.from_book)


async def record(tx: Tx, happened: Sequence[Happened[DeclineHold, HoldDeclined]]) -> None:
    """Write the answer."""
    await decline_holds(
        tx, [(decline.hold_id, decline.from_book, number) for decline, _, number in happened]
    )


decline_hold = Act(DeclineHold, HoldDeclined, gather, decide, record)
