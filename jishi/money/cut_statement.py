"""Cut a statement of account: what was settled and not stated yet, line by line, for ever."""

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
    """The shop's books are stated until then; the net is at its own disposal."""

    until: date
    line_count: int
    paid_fen: int
    refunded_fen: int
    fee_fen: int
    commission_fen: int
    net_fen: int


class Unstated(msgspec.Struct, frozen=True):
    """A settlement that no statement has."""

    order_id: int
    paid_fen: int
    refunded_fen: int
    fee_fen: int
    commission_fen: int
    net_fen: int
    settled_at: datetime


class World(msgspec.Struct):
    """What is not stated yet, the earliest first, and the moment."""

    unstated: list[Unstated]
    now: datetime


sql = queries(__file__)
read = sql.many("read", Unstated)
write = sql.run("write")


async def gather(tx: Tx, _asked: Sequence[CutStatement]) -> World:
    """Read what is not stated yet."""
    return World(await read(tx, lines_max=LINES_MAX), tx.now)


def decide(world: World, asked: CutStatement) -> StatementCut | Refused:
    """Accept a day that is over, if something was settled until then."""
    if asked.until >= reconcile_rules.today(world.now):
        return Refused("day_not_over")
    lines = [
        each for each in world.unstated if reconcile_rules.today(each.settled_at) <= asked.until
    ]
    if not lines:
        return Refused("nothing_to_state")
    del world.unstated[: len(lines)]
    return StatementCut(
        subject_id=asked.book,
        until=asked.until,
        line_count=len(lines),
        paid_fen=sum(each.paid_fen for each in lines),
        refunded_fen=sum(each.refunded_fen for each in lines),
        fee_fen=sum(each.fee_fen for each in lines),
        commission_fen=sum(each.commission_fen for each in lines),
        net_fen=sum(each.net_fen for each in lines),
    )


async def record(tx: Tx, happened: Sequence[Happened[CutStatement, StatementCut]]) -> None:
    """Write the statements with their lines, and hand the net over."""
    rows = [
        (
            number, event.until, event.line_count, event.paid_fen, event.refunded_fen,
            event.fee_fen, event.commission_fen, event.net_fen,
        )
        for _, event, number in happened
    ]  # fmt: skip
    names = ("numbers", "days", "counts", "paid", "refunded", "fees", "commissions", "nets")
    await write(tx, **columns(rows, *names))
    await ledger.move(
        tx,
        [
            ledger.Move(number, CNY, event.net_fen, "payable", 0, "shop", 0, "stated")
            for _, event, number in happened
            if event.net_fen
        ],
    )


cut_statement = Act(CutStatement, StatementCut, gather, decide, record)
