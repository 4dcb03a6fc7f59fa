"""Bills for the tests: what a day's bill says of a payment, and days that are over."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import asyncpg
import msgspec

from jishi import money, trade
from jishi.kernel import Market, new_id
from jishi.money import reconcile_rules, settle_rules
from jishi.money.reconcile_rules import BillLine
from tests.conftest import run_as_owner
from tests.trade.paying import came, started, take

FOUND = """
select kind, out_number, ours_fen, theirs_fen from money.differences
 where book = $1 order by number, position
"""
OPEN = """
select kind, out_number, ours_fen, theirs_fen from money.differences as found
 where book = $1 and not exists (select from money.resolutions as ended
                                  where ended.book = found.book and ended.number = found.number
                                    and ended.position = found.position)
 order by number, position
"""
Row = tuple[str, str, int | None, int | None]


def yesterday() -> date:
    """Give the newest day that is over, China's."""
    return reconcile_rules.today(datetime.now(UTC)) - timedelta(days=1)


def line_of(attempt: trade.PaymentStarted, **other: object) -> BillLine:
    """Give what a bill says of a payment when all is well."""
    well = BillLine(
        kind="payment", out_number=attempt.out_trade_no,
        transaction_id=f"42{attempt.subject_id}", amount_fen=attempt.amount_fen,
        fee_fen=settle_rules.part_fen(attempt.amount_fen, settle_rules.WECHAT_BPS),
        state="SUCCESS", traded_at=datetime.now(UTC),
    )  # fmt: skip
    return msgspec.structs.replace(well, **other)


def day_of(book: int, day: date, *lines: BillLine) -> money.ReconcileDay:
    """Ask to compare a day."""
    return money.ReconcileDay(key=uuid4(), book=book, actor_id=0, day=day, lines=lines)


async def paid(market: Market, book: int) -> trade.PaymentStarted:
    """Give an attempt that is paid."""
    attempt = await started(market, book)
    await market.ask(take(book, came(attempt, transaction_id=f"42{attempt.subject_id}")))
    return attempt


async def let_a_day_pass(owner_url: str, book: int, till: str = "12:00") -> None:
    """Make all that happened in a book have happened yesterday (China's day), at this hour."""
    await run_as_owner(
        owner_url,
        "set session_replication_role = replica;"
        f" update kernel.events set at = ('{yesterday()} {till}+08')::timestamptz"
        f" where book = {book};"
        f" update kernel.keys set event_at = ('{yesterday()} {till}+08')::timestamptz"
        f" where book = {book}; set session_replication_role = origin",
    )


async def rows(owner_url: str, query: str, book: int) -> list[Row]:
    """Read differences: kind, number, ours, theirs."""
    connection = await asyncpg.connect(owner_url)
    try:
        return [tuple(row) for row in await connection.fetch(query, book)]
    finally:
        await connection.close()


async def refund(market: Market, book: int, attempt: trade.PaymentStarted) -> money.RefundAsked:
    """Ask for five fen of an order back."""
    asked = money.AskRefund(
        key=uuid4(), book=book, actor_id=70, refund_id=new_id(), order_id=attempt.order_id,
        amount_fen=5, reason="operator", cause_id=0,
    )  # fmt: skip
    answer = await market.ask(asked)
    assert isinstance(answer, money.RefundAsked)
    return answer


def ended(book: int, refund_id: int) -> money.RecordRefund:
    """Say that a refund went well."""
    return money.RecordRefund(
        key=uuid4(), book=book, actor_id=0, refund_id=refund_id, outcome="succeeded"
    )


def refund_line(
    attempt: trade.PaymentStarted, refund: money.RefundAsked, **other: object
) -> BillLine:
    """Give what a bill says of a refund when all is well."""
    well = line_of(
        attempt, kind="refund", out_number=refund.out_refund_no, amount_fen=refund.amount_fen,
        fee_fen=0,
    )  # fmt: skip
    return msgspec.structs.replace(well, **other)


async def last_day_of_refunds(owner_url: str, book: int) -> date:
    """Make all that happened in a book, refunds too, have happened yesterday; give the day."""
    await let_a_day_pass(owner_url, book)
    await run_as_owner(
        owner_url,
        f"update money.refunds set ended_at = ('{yesterday()} 12:00+08')::timestamptz"
        f" where book = {book} and ended_at is not null",
    )
    return yesterday()
