"""Late refunds for the tests: made in WeChat's own console, or after settlement."""

from datetime import UTC, datetime
from uuid import uuid4

import asyncpg

from jishi import money, trade
from jishi.kernel import Market, new_id, verify
from tests.conftest import run_as_owner
from tests.money.billing import paid, yesterday
from tests.money.settling import settle

BALANCES = """
select kind, sum(amount)::bigint as fen from ledger.ends
 where book = $1 and unit = 0 group by kind having sum(amount) <> 0
"""


def made(
    book: int, out_trade_no: str, fen: int, *, number: str = "", refund_id: int | None = None
) -> money.RecordExternalRefund:
    """Say that WeChat gave so much of a payment back by itself."""
    number = number or str(new_id())
    return money.RecordExternalRefund(
        key=uuid4(), book=book, actor_id=0, refund_id=new_id() if refund_id is None else refund_id,
        out_trade_no=out_trade_no, out_refund_no=f"9{number}", wechat_refund_id=f"50{number}",
        amount_fen=fen, refunded_at=datetime.now(UTC),
    )  # fmt: skip


async def settled(market: Market, book: int) -> tuple[trade.PaymentStarted, money.OrderSettled]:
    """Give an order that is paid and settled."""
    attempt = await paid(market, book)
    answer = await market.ask(settle(book, attempt.order_id))
    assert isinstance(answer, money.OrderSettled)
    return attempt, answer


async def balances(owner_url: str, book: int) -> dict[str, int]:
    """Give what each kind of account has, in fen; what is nothing is left out."""
    connection = await asyncpg.connect(owner_url)
    try:
        return {row["kind"]: row["fen"] for row in await connection.fetch(BALANCES, book)}
    finally:
        await connection.close()


async def broken(owner_url: str) -> list[str]:
    """Name the promises that are broken."""
    return [kept.promise async for kept in verify(owner_url) if kept.broken]


async def reversed_on(owner_url: str, book: int) -> None:
    """Make what went back late have gone yesterday."""
    await run_as_owner(
        owner_url,
        "set session_replication_role = replica;"
        f" update money.reversals set reversed_at = ('{yesterday()} 13:00+08')::timestamptz"
        f" where book = {book}; set session_replication_role = origin",
    )
