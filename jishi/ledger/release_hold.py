"""Release a hold: the other book declined it for ever, so the amount goes back."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.ledger.holds import Hold, Holds, holds, may_step, settle


class ReleaseHold(Request, frozen=True, kw_only=True):
    """The other book will never use the hold.

    Refused: `hold_unknown`, `hold_settled`.
    """

    hold_id: int


class HoldReleased(Event, frozen=True, kw_only=True):
    """The amount went back to its giver."""

    hold: Hold


async def gather(tx: Tx, asked: Sequence[ReleaseHold]) -> Holds:
    """Read the holds."""
    return await holds(tx, [each.hold_id for each in asked])


def decide(world: Holds, asked: ReleaseHold) -> HoldReleased | Refused:
    """Accept a hold that is still open."""
    hold = world.holds.get(asked.hold_id)
    if hold is None:
        return Refused("hold_unknown")
    if not may_step(hold.state, "released"):
        return Refused("hold_settled", {"state": hold.state})
    hold.state = "released"
    return HoldReleased(subject_id=hold.hold_id, hold=hold)


async def record(tx: Tx, happened: Sequence[Happened[ReleaseHold, HoldReleased]]) -> None:
    """Write the state and move the amount."""
    settled = [(event.hold, number) for _, event, number in happened]
    await settle(tx, settled, "released", to_taker=False, reason="hold_released")


release_hold = Act(ReleaseHold, HoldReleased, gather, decide, record)
