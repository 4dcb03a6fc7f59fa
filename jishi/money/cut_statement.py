"""Cut a statement of account: what was settled and not stated yet, line by line, for ever.

What went back after settlement is netted to the fen; what is not met is carried to the next one.
"""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from jishi import ledger
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.money import reconcile_rules
from jishi.money.rules import CNY

LINES_MAX = 20_000
"""What is more waits for the next statement, which may be cut at once."""


class CutStatement(Request, frozen=True, kw_only=True):
    """State what was settled until the end of a day (China's).

    Refused: `day_not_over`, `nothing_to_state`.
    """

    until: date


class StatementCut(Event, frozen=True, kw_only=True):
    """The shop's books are stated until then; what is not netted is at its own disposal.

    `reversed_fen` it came to owe since, `carried_fen` it owed before, `netted_fen` of both is met.
    """

    until: date
    line_count: int
    paid_fen: int
    refunded_fen: int
    fee_fen: int
    commission_fen: int
    net_fen: int
    reversal_count: int = 0
    reversed_fen: int = 0
    carried_fen: int = 0
    netted_fen: int = 0


class Unstated(msgspec.Struct, frozen=True):
    """A settlement that no statement has."""

    order_id: int
    paid_fen: int
    refunded_fen: int
    fee_fen: int
    commission_fen: int
    net_fen: int
    settled_at: datetime


class Reversed(msgspec.Struct, frozen=True):
    """What a shop came to owe by a refund after settlement, and no statement has."""

    net_fen: int
    reversed_at: datetime


class Owing(msgspec.Struct, frozen=True):
    """What the last statement left owing."""

    owing_fen: int


class World(msgspec.Struct):
    """What is not stated yet, the earliest first, what is owed from before, and the moment."""

    unstated: list[Unstated]
    reversed: list[Reversed]
    carried_fen: int
    now: datetime


sql = queries(__file__)
read = sql.many("read", Unstated)
read_reversed = sql.many("read_reversed", Reversed)
read_owing = sql.one("read_owing", Owing)
write = sql.run("write")


async def gather(tx: Tx, _asked: Sequence[CutStatement]) -> World:
    """Read what is not stated yet."""
    owing = await read_owing(tx)
    return World(
        await read(tx, lines_max=LINES_MAX),
        await read_reversed(tx, lines_max=LINES_MAX),
        owing.owing_fen if owing else 0,
        tx.now,
    )


def decide(world: World, asked: CutStatement) -> StatementCut | Refused:
    """Accept a day that is over, if something was settled or went back until then."""
    if asked.until >= reconcile_rules.today(world.now):
        return Refused("day_not_over")
    lines = [
        each for each in world.unstated if reconcile_rules.today(each.settled_at) <= asked.until
    ]
    back = [
        each for each in world.reversed if reconcile_rules.today(each.reversed_at) <= asked.until
    ]
    if not lines and not back:
        return Refused("nothing_to_state")
    del world.unstated[: len(lines)]
    del world.reversed[: len(back)]
    net_fen, carried_fen = sum(each.net_fen for each in lines), world.carried_fen
    reversed_fen = sum(each.net_fen for each in back)
    netted_fen = min(net_fen, carried_fen + reversed_fen)
    world.carried_fen = carried_fen + reversed_fen - netted_fen
    return StatementCut(
        subject_id=asked.book,
        until=asked.until,
        line_count=len(lines),
        paid_fen=sum(each.paid_fen for each in lines),
        refunded_fen=sum(each.refunded_fen for each in lines),
        fee_fen=sum(each.fee_fen for each in lines),
        commission_fen=sum(each.commission_fen for each in lines),
        net_fen=net_fen,
        reversal_count=len(back),
        reversed_fen=reversed_fen,
        carried_fen=carried_fen,
        netted_fen=netted_fen,
    )


async def record(tx: Tx, happened: Sequence[Happened[CutStatement, StatementCut]]) -> None:
    """Write the statements with their lines, net what is owed, and hand the rest over."""
    rows = [
        (
            number, event.until, event.line_count, event.paid_fen, event.refunded_fen,
            event.fee_fen, event.commission_fen, event.net_fen, event.reversal_count,
            event.reversed_fen, event.carried_fen, event.netted_fen,
        )
        for _, event, number in happened
    ]  # fmt: skip
    names = ("numbers", "days", "counts", "paid", "refunded", "fees", "commissions", "nets")
    late = ("reversal_counts", "reverseds", "carrieds", "netteds")
    await write(tx, **columns(rows, *names, *late))
    moves = [
        ledger.Move(number, CNY, fen, "payable", 0, taker, 0, why)
        for _, event, number in happened
        for fen, taker, why in (
            (event.netted_fen, "debt", "netted"),
            (event.net_fen - event.netted_fen, "shop", "stated"),
        )
        if fen
    ]
    await ledger.move(tx, moves)


cut_statement = Act(CutStatement, StatementCut, gather, decide, record)
