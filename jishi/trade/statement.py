"""A shop's statements of account with their orders. Read with `book=`: a shop sees its own."""

import csv
from collections.abc import Sequence
from datetime import date, datetime
from typing import TextIO

import msgspec

from jishi.kernel import queries

LINES_MAX = 20_000


class StatementRow(msgspec.Struct, frozen=True):
    """A statement on the list; its sums in fen.

    Of what late refunds made it owe (`reversed_fen`, and `carried_fen` from before), `netted_fen`
    is met.
    """

    number: int
    until: date
    line_count: int
    paid_fen: int
    refunded_fen: int
    fee_fen: int
    commission_fen: int
    net_fen: int
    reversed_fen: int
    carried_fen: int
    netted_fen: int
    cut_at: datetime

    @property
    def given_fen(self) -> int:
        """Give what is at the shop's own disposal by it."""
        return self.net_fen - self.netted_fen

    @property
    def owing_fen(self) -> int:
        """Give what is carried to the next one."""
        return self.carried_fen + self.reversed_fen - self.netted_fen


class StatementLine(msgspec.Struct, frozen=True):
    """An order on a statement: what was paid, what went where (fen), when it was settled (UTC).

    With a refund's id it is what went back after that: it takes (negative) from each.
    """

    order_id: int
    refund_id: int
    order_number: str
    settled_at: datetime
    paid_fen: int
    refunded_fen: int
    fee_fen: int
    commission_fen: int
    net_fen: int


HEADING = ("订单号", "结算时间", "实付", "退款", "微信手续费", "平台佣金", "应得")

sql = queries(__file__)
statements = sql.many("statements", StatementRow)
lines = sql.many("lines", StatementLine)


def yuan(fen: int) -> str:
    """Write fen as yuan with two decimals, as WeChat's bills do."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def write_csv(file: TextIO, stated: Sequence[StatementLine]) -> None:
    """Write the lines and their sums as a table that spreadsheets open; amounts in yuan."""
    table = csv.writer(file)
    table.writerow(HEADING)
    for each in stated:
        when = each.settled_at.isoformat(timespec="seconds")
        table.writerow([each.order_number, when, *map(yuan, amounts(each))])
    sums = [sum(column) for column in zip(*map(amounts, stated), strict=True)]
    table.writerow(["合计", "", *map(yuan, sums)])


def amounts(line: StatementLine) -> tuple[int, ...]:
    """Give a line's amounts in the order of the columns."""
    return (line.paid_fen, line.refunded_fen, line.fee_fen, line.commission_fen, line.net_fen)
