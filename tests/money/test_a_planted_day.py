"""A day planted in both bills: missing, extra, wrong amount or fee, across midnight, refunds."""

import asyncio
from datetime import timedelta
from typing import NamedTuple
from uuid import uuid4

import msgspec
import pytest

from jishi import money
from jishi.kernel import Market, new_id
from jishi.money.flow_rules import Flow, expected
from jishi.money.reconcile_rules import BillLine
from tests.conftest import opened, run_as_owner
from tests.money.billing import FOUND, OPEN, Row, let_a_day_pass, line_of, paid, rows, yesterday
from tests.money.late.scene import broken
from tests.own_database import database_url, own_database, owner_url
from tests.shops import seed_shops
from tests.web.reader import count

__all__ = ["database_url", "own_database", "owner_url"]
LATE = """
set session_replication_role = replica;
update kernel.events set at = ('{day} 23:59:58+08')::timestamptz
 where book = {book} and number in (select number from ledger.transfers
                                     where book = {book} and taker = {order_id});
update kernel.keys set event_at = ('{day} 23:59:58+08')::timestamptz
 where book = {book} and number in (select number from ledger.transfers
                                     where book = {book} and taker = {order_id});
set session_replication_role = origin
"""


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found, stock=100))
    return found


def moved(*lines: BillLine) -> list[Flow]:
    """Give what moves on the account when these are true."""
    return [
        Flow(kind=kind, out_number=number, moved_fen=fen)
        for (kind, number), fen in expected(lines).items()
    ]


def asked(book: int, days_ago: int, lines: list[BillLine], flows: list[Flow]) -> money.ReconcileDay:
    """Ask to compare a day with both bills."""
    return money.ReconcileDay(
        key=uuid4(), book=book, actor_id=0, day=yesterday() - timedelta(days=days_ago),
        lines=tuple(lines), flows=tuple(flows),
    )  # fmt: skip


class Day(NamedTuple):
    """Eight payments of a day, what both bills say of it, and the differences that are in them."""

    lines: list[BillLine]
    flows: list[Flow]
    differences: list[Row]
    early: BillLine
    late: BillLine


async def planted(market: Market, owner_url: str, book: int) -> Day:
    """Let a day pass, and plant its bills: the trade bill with five mistakes, the fund bill three.

    The fund bill tells the truth, but that one payment is booked tomorrow, one short, one twice.
    """
    well, dear, fee, gone, early, half, twice, late = [await paid(market, book) for _ in range(8)]
    await let_a_day_pass(owner_url, book)
    await run_as_owner(owner_url, LATE.format(day=yesterday(), book=book, order_id=late.order_id))
    true = {each.out_trade_no: line_of(each) for each in (well, dear, fee, gone, twice)}
    short = line_of(half)
    console = line_of(
        well, kind="refund", out_number="91", wechat_refund_id="501", amount_fen=7, fee_fen=0,
        out_trade_no=well.out_trade_no,
    )  # fmt: skip
    fen, own = short.amount_fen, short.fee_fen
    lines = [
        true[well.out_trade_no],
        msgspec.structs.replace(true[dear.out_trade_no], amount_fen=fen + 1),
        msgspec.structs.replace(true[fee.out_trade_no], fee_fen=0),
        line_of(early), short, true[twice.out_trade_no], console,
    ]  # fmt: skip
    flows = moved(*true.values(), console) + moved(true[twice.out_trade_no])[:1]
    flows += [msgspec.structs.replace(each, moved_fen=each.moved_fen - 1) for each in moved(short)]
    differences: list[Row] = [
        ("amount", dear.out_trade_no, fen, fen + 1),
        ("fee", fee.out_trade_no, own, 0),
        ("only_ours", gone.out_trade_no, fen, None),
        ("cross_day", late.out_trade_no, fen, None),
        ("only_theirs", "91", None, 7),
        ("flow_amount", dear.out_trade_no, fen + 1, fen),
        ("flow_fee", fee.out_trade_no, 0, own),
        ("flow_extra", gone.out_trade_no, None, fen),
        ("flow_missing", early.out_trade_no, fen, None),
        ("flow_amount", half.out_trade_no, fen, fen - 1),
        ("flow_fee", half.out_trade_no, own, own - 1),
        ("flow_twice", twice.out_trade_no, fen, fen),
    ]
    return Day(lines, flows, differences, line_of(early), line_of(late))


def test_every_planted_difference_is_reported_and_none_invented(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            day = await planted(market, owner_url, book)
            answer = await market.ask(asked(book, 0, day.lines, day.flows), wait=10)
            assert isinstance(answer, money.DayReconciled)
            found = await rows(owner_url, FOUND, book)
            assert sorted(found, key=str) == sorted(day.differences, key=str)
            # What crossed midnight is in the next bills; the console's refund is in our books.
            next_ = asked(book, 1, [day.late], moved(day.late, day.early))
            after = await market.ask(next_, wait=10)
            assert isinstance(after, money.DayReconciled)
            assert after.found == []
            still = {row[:2] for row in await rows(owner_url, OPEN, book)}
            assert {row[:2] for row in found} - still == {
                ("cross_day", day.late.out_number), ("only_theirs", "91"),
                ("flow_missing", day.early.out_number),
            }  # fmt: skip
        flows_kept = "select flow_count from money.bill_days where book = $1 and billed_on = $2"
        assert await count(owner_url, flows_kept, book, yesterday()) == len(day.flows)
        assert await broken(owner_url) == []

    asyncio.run(scene())
