"""Record how a refund ended at WeChat: gone, abnormal until somebody settles it, or closed."""

from collections.abc import Sequence

from jishi import ledger
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns
from jishi.money import refunds, rules
from jishi.money.types import Refund


class RecordRefund(Request, frozen=True, kw_only=True):
    """WeChat told, or answered, how a refund ended.

    Refused: `outcome_unknown`, `refund_unknown`, `refund_ended`.
    """

    refund_id: int
    outcome: str


class RefundEnded(Event, frozen=True, kw_only=True):
    """The refund (`subject_id`) succeeded; or is abnormal; or is closed and its money is back."""

    order_id: int
    cause_id: int
    amount_fen: int
    reason: str
    outcome: str


World = dict[int, Refund]
TAKERS = {"succeeded": ("wechat", "refund_succeeded"), "closed": ("escrow", "refund_closed")}


async def gather(tx: Tx, asked: Sequence[RecordRefund]) -> World:
    """Read the refunds."""
    return await refunds.refunds(tx, [each.refund_id for each in asked])


def decide(world: World, asked: RecordRefund) -> RefundEnded | Refused:
    """Accept the end of what was asked, and the settling of what is abnormal."""
    if asked.outcome not in rules.OUTCOMES:
        return Refused("outcome_unknown")
    refund = world.get(asked.refund_id)
    if refund is None:
        return Refused("refund_unknown")
    if not rules.may_end(refund.state, asked.outcome):
        return Refused("refund_ended", {"state": refund.state})
    refund.state = asked.outcome
    return RefundEnded(
        subject_id=refund.refund_id,
        order_id=refund.order_id,
        cause_id=refund.cause_id,
        amount_fen=refund.amount_fen,
        reason=refund.reason,
        outcome=asked.outcome,
    )


async def record(tx: Tx, happened: Sequence[Happened[RecordRefund, RefundEnded]]) -> None:
    """Write how they ended; the money goes to who paid, or back into escrow, or stays aside."""
    # The last word on each: an abnormal refund may be settled in the same batch.
    last = {event.subject_id: event.outcome for _, event, _ in happened}
    await refunds.write_end(tx, **columns(list(last.items()), "refund_ids", "states"))
    moves = []
    for _, event, number in happened:
        if event.outcome in TAKERS:
            taker, why = TAKERS[event.outcome]
            holder = 0 if taker == "wechat" else event.order_id
            moves.append(
                ledger.Move(
                    number, rules.CNY, event.amount_fen,
                    "refunding", event.order_id, taker, holder, why,
                )
            )  # fmt: skip
    await ledger.move(tx, moves)


record_refund = Act(RecordRefund, RefundEnded, gather, decide, record)
