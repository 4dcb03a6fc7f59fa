"""Record how a refund ended at WeChat: gone, abnormal until somebody settles it, or closed.

What went back of a settled order is reversed in the same moment: the shop owes its part.
"""

from collections.abc import Sequence

import msgspec

from jishi import ledger
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns
from jishi.money import refunds, rules
from jishi.money.late import reversals
from jishi.money.late.reversals import Reversal, Settled
from jishi.money.types import Refund


class RecordRefund(Request, frozen=True, kw_only=True):
    """WeChat told, or answered, how a refund ended.

    Refused: `outcome_unknown`, `refund_unknown`, `refund_ended`.
    """

    refund_id: int
    outcome: str


class RefundEnded(Event, frozen=True, kw_only=True):
    """The refund (`subject_id`) succeeded; or is abnormal; or is closed and its money is back.

    The reversal says who bears what of it when its order was settled already.
    """

    order_id: int
    cause_id: int
    amount_fen: int
    reason: str
    outcome: str
    debt_fen: int = 0
    reversal: Reversal | None = None


class World(msgspec.Struct):
    """The refunds, and what the settlements of their orders gave to whom."""

    refunds: dict[int, Refund]
    settled: dict[int, Settled]


async def gather(tx: Tx, asked: Sequence[RecordRefund]) -> World:
    """Read the refunds."""
    found = await refunds.refunds(tx, [each.refund_id for each in asked])
    late = [each.order_id for each in found.values() if each.debt_fen]
    return World(found, await reversals.settled(tx, late) if late else {})


def decide(world: World, asked: RecordRefund) -> RefundEnded | Refused:
    """Accept the end of what was asked, and the settling of what is abnormal."""
    if asked.outcome not in rules.OUTCOMES:
        return Refused("outcome_unknown")
    refund = world.refunds.get(asked.refund_id)
    if refund is None:
        return Refused("refund_unknown")
    if not rules.may_end(refund.state, asked.outcome):
        return Refused("refund_ended", {"state": refund.state})
    refund.state = asked.outcome
    undone = None
    if refund.debt_fen and asked.outcome == "succeeded":
        undone = reversals.reversal(
            world.settled[refund.order_id], refund.refund_id, refund.debt_fen
        )
    return RefundEnded(
        subject_id=refund.refund_id,
        order_id=refund.order_id,
        cause_id=refund.cause_id,
        amount_fen=refund.amount_fen,
        reason=refund.reason,
        outcome=asked.outcome,
        debt_fen=refund.debt_fen,
        reversal=undone,
    )


async def record(tx: Tx, happened: Sequence[Happened[RecordRefund, RefundEnded]]) -> None:
    """Write how they ended; the money goes to who paid, or back into escrow, or stays aside."""
    # The last word on each: an abnormal refund may be settled in the same batch.
    last = {event.subject_id: event.outcome for _, event, _ in happened}
    await refunds.write_end(tx, **columns(list(last.items()), "refund_ids", "states"))
    undone = [(number, event.reversal) for _, event, number in happened if event.reversal]
    if undone:
        await reversals.write_reversals(tx, undone)
    moves = [move for _, event, number in happened for move in _moves(event, number)]
    moves += [move for each in undone for move in reversals.returned(*each)]
    await ledger.move(tx, moves)


def _moves(event: RefundEnded, number: int) -> list[ledger.Move]:
    if event.outcome == "succeeded":
        return [refunds.gone(number, event.order_id, event.amount_fen)]
    if event.outcome == "closed":
        return refunds.kept(number, event.order_id, event.amount_fen, event.debt_fen)
    return []


record_refund = Act(RecordRefund, RefundEnded, gather, decide, record)
