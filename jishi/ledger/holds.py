"""Holds: what spans two books is set aside in one, acted on in the other, then settled.

The book that holds never guesses whether the other one acted: the other book keeps one answer
about each hold, used or declined, and whichever is written first stands for ever. So there is no
moment, however long anything takes, at which an amount is both used there and given back here.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from jishi.kernel import Tx, columns, queries
from jishi.ledger.move import Move, move


class Hold(msgspec.Struct):
    """An amount of a unit set aside for another book; its state moves on within a batch."""

    hold_id: int
    for_book: int
    unit: int
    amount: int
    giver_kind: str
    giver: int
    taker_kind: str
    taker: int
    expires_at: datetime
    state: str


class HoldAnswer(msgspec.Struct, frozen=True):
    """What this book answered about another book's hold."""

    hold_id: int
    is_used: bool


class Holds(msgspec.Struct):
    """Holds by id, and the moment."""

    holds: dict[int, Hold]
    now: datetime


TRANSITIONS = frozenset({
    ("held", "confirmed"), ("held", "lapsing"),
    ("lapsing", "confirmed"), ("lapsing", "released"),
})  # fmt: skip

sql = queries(__file__)
read = sql.many("read", Hold)
write_states = sql.run("write_states")
answers = sql.many("answers", HoldAnswer)
write_answers = sql.run("write_answers")


def may_step(state: str, to: str) -> bool:
    """Tell whether a hold in this state may go to that one."""
    return (state, to) in TRANSITIONS


async def holds(tx: Tx, hold_ids: Sequence[int]) -> Holds:
    """Read these holds under the book's lock."""
    found = await read(tx, hold_ids=hold_ids)
    return Holds({hold.hold_id: hold for hold in found}, tx.now)


async def use_holds(tx: Tx, used: Sequence[tuple[int, int, int]]) -> None:
    """Write, in the act's own book, that holds are used: (hold, the book that holds, event)."""
    await _answer(tx, used, is_used=True)


async def decline_holds(tx: Tx, declined: Sequence[tuple[int, int, int]]) -> None:
    """Write that holds will never be used here: (hold, the book that holds, event)."""
    await _answer(tx, declined, is_used=False)


async def _answer(tx: Tx, rows: Sequence[tuple[int, int, int]], *, is_used: bool) -> None:
    await write_answers(tx, is_used=is_used, **columns(rows, "hold_ids", "from_books", "numbers"))


async def settle(
    tx: Tx, settled: Sequence[tuple[Hold, int]], state: str, *, to_taker: bool, reason: str
) -> None:
    """End holds by the events of these numbers: the amount goes to its taker, or back."""
    await write_states(tx, state=state, hold_ids=[hold.hold_id for hold, _ in settled])
    await move(
        tx,
        [
            Move(
                number, hold.unit, hold.amount, "held", hold.hold_id,
                hold.taker_kind if to_taker else hold.giver_kind,
                hold.taker if to_taker else hold.giver, reason,
            )
            for hold, number in settled
        ],
    )  # fmt: skip
