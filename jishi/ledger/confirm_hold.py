"""Confirm a hold: the other book used it, so the amount goes to its taker."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.ledger.holds import Hold, Holds, holds, may_step, settle


class ConfirmHold(Request, frozen=True, kw_only=True):
    """The other book has used the hold.

    Refused: `hold_unknown`, `hold_settled`.
    """

    hold_id: int


class HoldConfirmed(Event, frozen=True, kw_only=True):
    """The amount went to its taker."""

    hold: Hold


async def gather(tx: Tx, asked: Sequence[ConfirmHold]) -> Holds:
    """Read the holds."""
    return await holds(tx, [each.hold_id for each in asked])


def decide(world: Holds, asked: ConfirmHold) -> HoldConfirmed | Refused:
    """Accept a hold that is still open."""
    hold = world.holds.get(asked.hold_id)
    if hold is None:
        return Refused("hold_unknown")
    if not may_step(hold.state, "confirmed"):
        return Refused("hold_settled", {"state": hold.state})
    hold.state = "confirmed"
    return HoldConfirmed(subject_id=hold.hold_id, hold=hold)


async def record(tx: Tx, happened: Sequence[Happened[ConfirmHold, HoldConfirmed]]) -> None:
    """Write the state and move the amount."""
    settled = [(event.hold, number) for _, event, number in happened]
    await settle(tx, settled, "confirmed", to_taker=True, reason="hold_confirmed")


confirm_hold = Act(ConfirmHold, HoldConfirmed, gather, decide, record)
