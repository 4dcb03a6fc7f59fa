"""Expiry: every few seconds, orders whose time to pay is over; with a brake on the clock."""

import asyncio
import time
from datetime import UTC, datetime
from uuid import uuid4

import msgspec
import structlog

from jishi.kernel import Market, Schedule, Tx, queries
from jishi.kernel.schedule import brake
from jishi.trade import rules
from jishi.trade.expire_order import ExpireOrder

ORDERS_MAX = 2_000
NAME = "trade.expire_orders"

log = structlog.get_logger()


class Due(msgspec.Struct, frozen=True):
    """An order whose time is over."""

    book: int
    order_id: int


class Open(msgspec.Struct, frozen=True):
    """How many open orders there are, and how many of them are due, by the database's clock."""

    due: int
    live: int
    now: datetime


class Clocks:
    """What the wall clock (the database's) and a clock that never jumps said last time."""

    def __init__(self) -> None:
        self.wall: datetime | None = None
        self.steady = 0.0

    def moved(self, wall: datetime) -> tuple[float, float]:
        """Give the seconds that each moved since it was asked last; nothing the first time."""
        steady = steady_seconds()
        last, last_steady = self.wall, self.steady
        self.wall, self.steady = wall, steady
        if last is None:
            return 0.0, 0.0
        return (wall - last).total_seconds(), steady - last_steady


def steady_seconds() -> float:
    """Give the seconds of a clock that nobody sets; where it can, it counts sleep too."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


sql = queries(__file__)
count_open = sql.one("count_open", Open)
read_due = sql.many("read_due", Due)
clocks = Clocks()


async def expire_orders(market: Market) -> None:
    """Ask each due order to expire; stop and alarm when the clock cannot be believed."""
    now_open = await market.look(count_open)
    assert now_open is not None
    wall_moved, steady_moved = clocks.moved(now_open.now.astimezone(UTC))
    if reason := rules.reason_to_brake(wall_moved, steady_moved, now_open.due, now_open.live):
        log.error("expiry is braked", reason=reason, due=now_open.due, live=now_open.live)
        async with market.database.transaction() as connection:
            await brake(Tx(connection), name=NAME, brake=reason)
        return
    while due := await market.look(read_due, orders_max=ORDERS_MAX):
        await _expire(market, due)
        if len(due) < ORDERS_MAX:
            return


async def _expire(market: Market, due: list[Due]) -> None:
    await asyncio.gather(*(
        market.ask(ExpireOrder(key=uuid4(), book=each.book, actor_id=0, order_id=each.order_id))
        for each in due
    ))  # fmt: skip


Schedule(NAME, 5, expire_orders)
