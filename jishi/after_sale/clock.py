"""The clock: every half minute, cases whose time is over go on; with a brake on the clock."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import msgspec
import structlog

from jishi.after_sale.lapse_case import LapseCase
from jishi.kernel import Market, Schedule, Tx, queries
from jishi.kernel.schedule import brake
from jishi.trade.expiry import Clocks
from jishi.trade.rules import reason_to_brake

CASES_MAX = 2_000
NAME = "after_sale.lapse_cases"

log = structlog.get_logger()


class Due(msgspec.Struct, frozen=True):
    """A case whose time is over."""

    book: int
    case_id: int


class Open(msgspec.Struct, frozen=True):
    """How many cases have a clock, and how many are due, by the database's clock."""

    due: int
    live: int
    now: datetime


sql = queries(__file__)
count_open = sql.one("count_open", Open)
read_due = sql.many("read_due", Due)
clocks = Clocks()


async def lapse_cases(market: Market) -> None:
    """Ask each due case to go on; stop and alarm when the clock cannot be believed."""
    now_open = await market.look(count_open)
    assert now_open is not None
    wall_moved, steady_moved = clocks.moved(now_open.now.astimezone(UTC))
    if reason := reason_to_brake(wall_moved, steady_moved, now_open.due, now_open.live):
        log.error("after-sale clocks are braked", reason=reason, due=now_open.due)
        async with market.database.transaction() as connection:
            await brake(Tx(connection), name=NAME, brake=reason)
        return
    while due := await market.look(read_due, cases_max=CASES_MAX):
        await asyncio.gather(*(
            market.ask(LapseCase(key=uuid4(), book=each.book, actor_id=0, case_id=each.case_id))
            for each in due
        ))  # fmt: skip
        if len(due) < CASES_MAX:
            return


Schedule(NAME, 30, lapse_cases)
