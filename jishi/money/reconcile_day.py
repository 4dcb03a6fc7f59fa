"""Reconcile a day: WeChat's bill against the ledger; what differs waits for somebody."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.money import flow_rules, reconcile_rules, settle_rules
from jishi.money.flow_rules import Flow
from jishi.money.reconcile_rules import BillLine, Difference, Open, Ours
from jishi.money.rules import attempt_of, is_text, out_trade_no


class ReconcileDay(Request, frozen=True, kw_only=True):
    """WeChat's bill of a day says this of the shop; no lines when there was nothing.

    `flows` is what the fund bill says of the same day; none when there is no such bill.

    Refused: `bill_out_of_bounds`, `day_reconciled`, `day_not_over`.
    """

    day: date
    lines: tuple[BillLine, ...]
    flows: tuple[Flow, ...] | None = None


class Closed(msgspec.Struct, frozen=True):
    """An older difference that is explained: which event and position, and how."""

    number: int
    position: int
    how: str


class DayReconciled(Event, frozen=True, kw_only=True):
    """The day is compared; what differs, and what older differences it explains."""

    day: date
    line_count: int
    paid_fen: int
    refunded_fen: int
    fee_fen: int
    found: list[Difference]
    closed: list[Closed]
    flow_count: int | None = None


class Taken(msgspec.Struct, frozen=True):
    """A payment or refund of ours, the rate it was begun at, and the day whose bill must have it.

    `day` is none for one that is named only; the number is empty where it is made of ours.
    """

    kind: str
    subject_id: int
    out_number: str
    amount_fen: int
    is_done: bool
    wechat_bps: int
    day: date | None
    taken_at: datetime | None


class ReadDay(msgspec.Struct, frozen=True):
    """A day whose bill was read."""

    day: date


class World(msgspec.Struct):
    """Which days are done, what is open, what we took, the moment; one day a batch."""

    book: int
    read: set[date]
    open: list[Open]
    taken: list[Taken]
    now: datetime
    is_spent: bool = False


sql = queries(__file__)
read_days = sql.many("read_days", ReadDay)
read_open = sql.many("read_open", Open)
read_payments = sql.many("read_payments", Taken)
read_refunds = sql.many("read_refunds", Taken)
write_bill = sql.run("write_bill")
write_found = sql.run("write_found")
write_closed = sql.run("write_closed")


async def gather(tx: Tx, asked: Sequence[ReconcileDay]) -> World:
    """Read what is open, what the bills name, and what they should name."""
    open_ = await read_open(tx)
    numbers = {line.out_number for each in asked for line in each.lines}
    numbers |= {each.out_number for each in open_}
    named = sorted({attempt_of(number)[1] for number in numbers})
    days = sorted({each.day for each in asked})
    payments = await read_payments(
        tx, attempt_ids=named, days=days, default_bps=settle_rules.WECHAT_BPS
    )
    refunds = await read_refunds(
        tx, refund_ids=named, days=days, out_numbers=sorted(filter(is_text, numbers))
    )
    read = {each.day for each in await read_days(tx, days=days)}
    return World(tx.book, read, open_, [*payments, *refunds], tx.now)


def decide(world: World, asked: ReconcileDay) -> DayReconciled | Refused:
    """Accept a day that is over and was not compared before; what differs is no refusal."""
    if not reconcile_rules.is_bill_in_bounds(
        asked.day, asked.lines
    ) or not flow_rules.are_flows_in_bounds(asked.flows or ()):
        return Refused("bill_out_of_bounds", {"lines_max": reconcile_rules.LINES_MAX})
    if asked.day >= reconcile_rules.today(world.now):
        return Refused("day_not_over")
    if asked.day in world.read:
        return Refused("day_reconciled")
    if world.is_spent:
        # What one day leaves open the next one may explain: it must have been written first.
        return Refused("busy", is_final=False)
    world.is_spent = True
    world.read.add(asked.day)
    ours = _ours(world, asked.day)
    explained = reconcile_rules.closed(world.open, asked.lines, ours)
    found = reconcile_rules.differences(asked.day, asked.lines, ours)
    if asked.flows is not None:
        halves, left = flow_rules.met(
            world.open, flow_rules.flow_differences(asked.lines, asked.flows)
        )
        explained += [(each, "later_bill") for each in halves]
        found += left
    return DayReconciled(
        subject_id=asked.book,
        day=asked.day,
        line_count=len(asked.lines),
        paid_fen=sum(line.amount_fen for line in asked.lines if line.kind == "payment"),
        refunded_fen=sum(line.amount_fen for line in asked.lines if line.kind == "refund"),
        fee_fen=sum(line.fee_fen for line in asked.lines),
        found=found,
        closed=[Closed(each.number, each.position, how) for each, how in explained],
        flow_count=None if asked.flows is None else len(asked.flows),
    )


def _ours(world: World, day: date) -> reconcile_rules.Known:
    """Give what we took by its numbers; what is of the day must stand in its bill."""
    ours = {}
    for each in world.taken:
        number = each.out_number or out_trade_no(world.book, each.subject_id)
        fee_fen = settle_rules.part_fen(each.amount_fen, each.wechat_bps)
        ours[each.kind, number] = Ours(
            kind=each.kind,
            out_number=number,
            amount_fen=each.amount_fen,
            fee_fen=fee_fen if each.kind == "payment" else None,
            is_done=each.is_done,
            taken_at=each.taken_at if each.day == day else None,
        )
    return ours


async def record(tx: Tx, happened: Sequence[Happened[ReconcileDay, DayReconciled]]) -> None:
    """Write the bill as it is, what differs, and what is explained."""
    days = [
        (
            event.day, number, event.line_count, event.paid_fen, event.refunded_fen,
            event.fee_fen, event.flow_count,
        )
        for _, event, number in happened
    ]  # fmt: skip
    lines = [
        (
            asked.day, position, line.kind, attempt_of(line.out_number)[1], line.out_number,
            line.transaction_id, line.amount_fen, line.fee_fen, line.state, line.traded_at,
            line.out_trade_no, line.wechat_refund_id,
        )
        for asked, _, _ in happened
        for position, line in enumerate(asked.lines, start=1)
    ]  # fmt: skip
    of_days = ("days", "numbers", "counts", "paid", "refunded", "fees", "flows")
    of_lines = ("of_days", "positions", "kinds", "subject_ids", "out_numbers", "transaction_ids")
    await write_bill(
        tx,
        **columns(days, *of_days),
        **columns(
            lines,
            *of_lines,
            "amounts",
            "line_fees",
            "states",
            "moments",
            "out_trade_nos",
            "wechat_refund_ids",
        ),
    )
    found = [
        (
            number, position, event.day, each.kind, each.out_number, each.transaction_id,
            each.ours_fen, each.theirs_fen,
        )
        for _, event, number in happened
        for position, each in enumerate(event.found, start=1)
    ]  # fmt: skip
    names = ("numbers", "positions", "days", "kinds", "out_numbers", "transaction_ids")
    await write_found(tx, **columns(found, *names, "ours", "theirs"))
    ended = [
        (each.number, each.position, number, each.how)
        for _, event, number in happened
        for each in event.closed
    ]
    await write_closed(tx, **columns(ended, "numbers", "positions", "ends", "hows"))


reconcile_day = Act(ReconcileDay, DayReconciled, gather, decide, record)
