"""Ask a refund: of what an order paid, no more than is left; WeChat is asked by a reaction.

What was settled already can still go back: from then on the shop owes it.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi import ledger
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.money import refunds, rules
from jishi.money.attempts import attempts
from jishi.money.refunds import NewRefund
from jishi.money.types import PaidAttempt


class AskRefund(Request, frozen=True, kw_only=True):
    """Somebody (`actor_id`) wants so much of an order's payment to go back, for a reason.

    Refused: `refund_reason_unknown`, `amount_out_of_bounds`, `refund_id_taken`, `nothing_paid`,
    `refund_too_large`.
    """

    made: ClassVar[dict[str, object]] = {"refund_id": 0}

    refund_id: int
    order_id: int
    amount_fen: int
    reason: str
    cause_id: int


class RefundAsked(Event, frozen=True, kw_only=True):
    """The money is set aside; WeChat is to be asked under a number that never changes.

    `debt_fen` of it was settled already.
    """

    order_id: int
    attempt_id: int
    out_trade_no: str
    out_refund_no: str
    amount_fen: int
    paid_fen: int
    reason: str
    cause_id: int
    debt_fen: int = 0


class World(msgspec.Struct):
    """What was paid on the orders, and which refund ids are in use."""

    paid: dict[int, list[PaidAttempt]]
    taken: set[int]


async def gather(tx: Tx, asked: Sequence[AskRefund]) -> World:
    """Read what was paid, and the refunds that have these ids."""
    paid: dict[int, list[PaidAttempt]] = defaultdict(list)
    for attempt in await refunds.paid_attempts(tx, [each.order_id for each in asked]):
        paid[attempt.order_id].append(attempt)
    ids = [each.refund_id for each in asked]
    # What comes too late goes back under its attempt's own id.
    taken = set(await refunds.refunds(tx, ids)) | set(await attempts(tx, ids))
    return World(paid, taken)


def decide(world: World, asked: AskRefund) -> RefundAsked | Refused:
    """Accept what one payment of the order still has; the earliest that has enough gives it."""
    if asked.reason not in rules.REFUND_REASONS:
        return Refused("refund_reason_unknown")
    if asked.amount_fen <= 0:
        return Refused("amount_out_of_bounds")
    if asked.refund_id <= 0 or asked.refund_id in world.taken:
        return Refused("refund_id_taken")
    paid = world.paid.get(asked.order_id, [])
    if not paid:
        return Refused("nothing_paid")
    left_fen = max(each.to_be_had_fen for each in paid)
    if asked.amount_fen > left_fen:
        return Refused("refund_too_large", {"left_fen": left_fen})
    attempt = next(each for each in paid if asked.amount_fen <= each.to_be_had_fen)
    world.taken.add(asked.refund_id)
    return RefundAsked(
        subject_id=asked.refund_id,
        order_id=asked.order_id,
        attempt_id=attempt.attempt_id,
        out_trade_no=rules.out_trade_no(asked.book, attempt.attempt_id),
        out_refund_no=rules.out_refund_no(asked.book, asked.refund_id),
        amount_fen=asked.amount_fen,
        paid_fen=attempt.amount_fen,
        reason=asked.reason,
        cause_id=asked.cause_id,
        debt_fen=refunds.taken_of(paid, attempt, asked.amount_fen),
    )


async def record(tx: Tx, happened: Sequence[Happened[AskRefund, RefundAsked]]) -> None:
    """Write the refunds and set their money aside."""
    rows = [
        NewRefund(
            number, event.subject_id, event.order_id, event.attempt_id, event.amount_fen,
            event.reason, event.cause_id, event.debt_fen,
        )
        for _, event, number in happened
    ]  # fmt: skip
    await refunds.write_refunds(tx, rows)
    await ledger.move(tx, [move for each in rows for move in refunds.set_aside(each)])


ask_refund = Act(AskRefund, RefundAsked, gather, decide, record)
