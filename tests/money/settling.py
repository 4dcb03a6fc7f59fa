"""Paid orders for the tests of settlement."""

from uuid import uuid4

import asyncpg

from jishi import money
from jishi.kernel import Market
from tests.trade.paying import came, started, take

BALANCES = """
select kind, holder, sum(amount)::bigint as fen from ledger.ends
 where book = $1 and unit = 0 and kind in ('payable', 'fees') group by kind, holder
"""


async def paid_order(market: Market, book: int) -> tuple[int, int]:
    """Give an order of three that is paid, and for how much (fen)."""
    attempt = await started(market, book)
    await market.ask(take(book, came(attempt, transaction_id=f"42{attempt.subject_id}")))
    return attempt.order_id, attempt.amount_fen


def settle(book: int, order_id: int) -> money.SettleOrder:
    """Say that an order is completed."""
    return money.SettleOrder(key=uuid4(), book=book, actor_id=0, order_id=order_id)


def rates(book: int, wechat_bps: int, commission_bps: int) -> money.SetRates:
    """Ask for other rates."""
    return money.SetRates(
        key=uuid4(), book=book, actor_id=0, wechat_bps=wechat_bps, commission_bps=commission_bps
    )


async def balances(owner_url: str, book: int) -> dict[tuple[str, int], int]:
    """Give what the shop is owed and what was taken, in fen, by kind and holder."""
    connection = await asyncpg.connect(owner_url)
    try:
        rows = await connection.fetch(BALANCES, book)
        return {(row["kind"], row["holder"]): row["fen"] for row in rows}
    finally:
        await connection.close()
