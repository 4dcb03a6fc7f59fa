"""Record a refund that was made in WeChat's own console: the money is gone, our books follow.

It takes no more than the payment has left, as any refund; what was settled already the shop owes.
The difference by which a bill told of it ends with it.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from jishi import ledger
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.money import reconcile_rules, refunds, rules
from jishi.money.attempts import attempts
from jishi.money.late import reversals
from jishi.money.late.reversals import Reversal, Settled
from jishi.money.refunds import NewRefund
from jishi.money.types import PaidAttempt


class RecordExternalRefund(Request, frozen=True, kw_only=True):
    """WeChat says that so much of a payment was given back, under numbers of its own.

    Refused: `numbers_out_of_bounds`, `amount_out_of_bounds`, `moment_out_of_bounds`,
    `refund_recorded`, `refund_id_taken`, `nothing_paid`, `refund_too_large`.
    """

    made: ClassVar[dict[str, object]] = {"refund_id": 0}

    refund_id: int
    out_trade_no: str
    out_refund_no: str
    wechat_refund_id: str
    amount_fen: int
    refunded_at: datetime


class ExternalRefundRecorded(Event, frozen=True, kw_only=True):
    """The refund (`subject_id`) is in our books; `debt_fen` of it was settled already."""

    order_id: int
    attempt_id: int
    amount_fen: int
    debt_fen: int
    reversal: Reversal | None


class Recorded(msgspec.Struct, frozen=True):
    """A refund of WeChat's that is in the books already."""

    wechat_refund_id: str


class World(msgspec.Struct):
    """What was paid on the orders, whose attempts these are, what is settled, and known."""

    paid: dict[int, list[PaidAttempt]]
    settled: dict[int, Settled]
    taken: set[int]
    recorded: set[str]


sql = queries(__file__)
read_recorded = sql.many("read_recorded", Recorded)
write = sql.run("write")
close_differences = sql.run("close_differences")


async def gather(tx: Tx, asked: Sequence[RecordExternalRefund]) -> World:
    """Read what was paid, what of it is settled, and what is known."""
    named = await attempts(tx, [rules.attempt_of(each.out_trade_no)[1] for each in asked])
    order_ids = sorted({each.order_id for each in named.values()})
    paid: dict[int, list[PaidAttempt]] = defaultdict(list)
    for attempt in await refunds.paid_attempts(tx, order_ids):
        paid[attempt.order_id].append(attempt)
    ids = [each.refund_id for each in asked]
    numbers = [each.wechat_refund_id for each in asked if rules.is_text(each.wechat_refund_id)]
    recorded = {each.wechat_refund_id for each in await read_recorded(tx, numbers=numbers)}
    # What comes too late goes back under its attempt's own id.
    taken = set(await refunds.refunds(tx, ids)) | set(await attempts(tx, ids))
    return World(paid, await reversals.settled(tx, order_ids), taken, recorded)


def decide(world: World, asked: RecordExternalRefund) -> ExternalRefundRecorded | Refused:
    """Accept what the payment still has, once."""
    if trouble := trouble_with(world, asked):
        return trouble
    attempt = paid_attempt(world, asked)
    if attempt is None:
        return Refused("nothing_paid")
    if asked.amount_fen > attempt.to_be_had_fen:
        return Refused("refund_too_large", {"left_fen": attempt.to_be_had_fen})
    debt_fen = refunds.taken_of(world.paid[attempt.order_id], attempt, asked.amount_fen)
    world.taken.add(asked.refund_id)
    world.recorded.add(asked.wechat_refund_id)
    undone = None
    if debt_fen:
        undone = reversals.reversal(world.settled[attempt.order_id], asked.refund_id, debt_fen)
    return ExternalRefundRecorded(
        subject_id=asked.refund_id, order_id=attempt.order_id, attempt_id=attempt.attempt_id,
        amount_fen=asked.amount_fen, debt_fen=debt_fen, reversal=undone,
    )  # fmt: skip


def trouble_with(world: World, asked: RecordExternalRefund) -> Refused | None:
    """Give what keeps this from being written down, or none."""
    if not all(map(rules.is_text, (asked.out_refund_no, asked.wechat_refund_id))):
        return Refused("numbers_out_of_bounds")
    if asked.amount_fen <= 0:
        return Refused("amount_out_of_bounds")
    if not reconcile_rules.is_moment(asked.refunded_at):
        return Refused("moment_out_of_bounds")
    if asked.wechat_refund_id in world.recorded:
        return Refused("refund_recorded")
    if asked.refund_id <= 0 or asked.refund_id in world.taken:
        return Refused("refund_id_taken")
    return None


def paid_attempt(world: World, asked: RecordExternalRefund) -> PaidAttempt | None:
    """Give the payment of this book that a number names; none when it names none."""
    book, attempt_id = rules.attempt_of(asked.out_trade_no)
    found = [each for paid in world.paid.values() for each in paid if each.attempt_id == attempt_id]
    return found[0] if found and book == asked.book else None


async def record(
    tx: Tx, happened: Sequence[Happened[RecordExternalRefund, ExternalRefundRecorded]]
) -> None:
    """Write the refunds as ended, move their money, and end the differences that they explain."""
    new = [
        NewRefund(
            number, event.subject_id, event.order_id, event.attempt_id, event.amount_fen,
            "external", 0, event.debt_fen,
        )
        for _, event, number in happened
    ]  # fmt: skip
    await refunds.write_refunds(tx, new)
    await refunds.write_end(
        tx, **columns([(each.refund_id, "succeeded") for each in new], "refund_ids", "states")
    )
    rows = [
        (
            asked.refund_id, number, asked.out_refund_no, asked.wechat_refund_id,
            asked.refunded_at, asked.amount_fen,
        )
        for asked, _, number in happened
    ]  # fmt: skip
    names = ("refund_ids", "numbers", "out_refund_nos", "wechat_refund_ids", "moments", "amounts")
    await write(tx, **columns([row[:5] for row in rows], *names[:5]))
    undone = [(number, event.reversal) for _, event, number in happened if event.reversal]
    await reversals.write_reversals(tx, undone)
    moves = [move for each in new for move in refunds.set_aside(each)]
    moves += [refunds.gone(each.number, each.order_id, each.amount_fen) for each in new]
    moves += [move for each in undone for move in reversals.returned(*each)]
    await ledger.move(tx, moves)
    closing = [(row[1], row[2], row[5]) for row in rows]
    await close_differences(tx, **columns(closing, "ends", "out_numbers", "amounts"))


record_external_refund = Act(RecordExternalRefund, ExternalRefundRecorded, gather, decide, record)
