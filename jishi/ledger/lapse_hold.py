"""Lapse a hold whose time is over: the other book is asked whether it used it."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.ledger.holds import Holds, holds, may_step, write_states


class LapseHold(Request, frozen=True, kw_only=True):
    """The clock says that a hold's time is over.

    Refused: `hold_unknown`, `hold_settled`, `not_yet_due`.
    """

    hold_id: int


class HoldLapsed(Event, frozen=True, kw_only=True):
    """The hold waits for the other book's answer."""

    for_book: int


async def gather(tx: Tx, asked: Sequence[LapseHold]) -> Holds:
    """Read the holds."""
    return await holds(tx, [lapse.hold_id for lapse in asked])


def decide(world: Holds, lapse: LapseHold) -> HoldLapsed | Refused:
    """Accept a hold whose time is over by the database's clock."""
    hold = world.holds.get(lapse.hold_id)
    if hold is None:
        return Refused("hold_unknown")
    if not may_step(hold.state, "lapsing"):
        return Refused("hold_settled", {"state": hold.state})
    if world.now < hold.expires_at:
        return Refused("not_yet_due")
    hold.state = "lapsing"
    return HoldLapsed(subject_id=hold.hold_id, for_book=hold.for_book)


async def record(tx: Tx, happened: Sequence[Happened[LapseHold, HoldLapsed]]) -> None:
    """Write the state; the amount stays where it is until the answer comes."""
    await write_states(tx, state="lapsing", hold_ids=[lapse.hold_id for lapse, _, _ in happened])


lapse_hold = Act(LapseHold, HoldLapsed, gather, decide, record)
