"""Expiry: every few seconds, the holds whose time is over."""

import asyncio
from uuid import uuid4

import msgspec

from jishi.kernel import Market, Schedule, queries
from jishi.ledger.lapse_hold import LapseHold

HOLDS_MAX = 1_000


class Due(msgspec.Struct, frozen=True):
    """A hold whose time is over."""

    book: int
    hold_id: int


sql = queries(__file__)
read_due = sql.many("read_due", Due)


async def lapse_holds(market: Market) -> None:
    """Ask each due hold to lapse; what is left over is done at the next turn."""
    due = await market.look(read_due, holds_max=HOLDS_MAX)
    await asyncio.gather(*(
        market.ask(LapseHold(key=uuid4(), book=each.book, actor_id=0, hold_id=each.hold_id))
        for each in due
    ))  # fmt: skip


Schedule("ledger.lapse_holds", 5, lapse_holds)
