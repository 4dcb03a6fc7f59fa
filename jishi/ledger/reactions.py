"""What follows in the ledger: a lapsed hold is asked about, a declined one is released."""

from collections.abc import Sequence

from jishi.kernel import Reaction, Request, Told
from jishi.ledger.decline_hold import DeclineHold, HoldDeclined
from jishi.ledger.lapse_hold import HoldLapsed
from jishi.ledger.release_hold import ReleaseHold


async def ask_other_book(told: Sequence[Told[HoldLapsed]]) -> Sequence[Sequence[Request]]:
    """Ask the other book. When it has used the hold, its own reaction confirms it."""
    return [
        [
            DeclineHold(
                key=each.key("decline"),
                book=each.event.for_book,
                actor_id=0,
                hold_id=each.event.subject_id,
                from_book=each.book,
            )
        ]
        for each in told
    ]


async def give_back(told: Sequence[Told[HoldDeclined]]) -> Sequence[Sequence[Request]]:
    """Release the hold in the book that holds it."""
    return [
        [
            ReleaseHold(
                key=each.key("release"),
                book=each.event.from_book,
                actor_id=0,
                hold_id=each.event.subject_id,
            )
        ]
        for each in told
    ]


Reaction("ledger.ask_other_book", HoldLapsed, ask_other_book)
Reaction("ledger.give_back", HoldDeclined, give_back)
