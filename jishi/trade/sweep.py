"""Sweeps: what comes due by the clock goes on, a batch at a time; with a brake on the clock."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Generic, TypeVar

import msgspec
import structlog

from jishi.kernel import Market, Request, Tx
from jishi.kernel.schedule import brake
from jishi.kernel.sql import Many, One
from jishi.trade import rules

BATCH_MAX = 2_000
D = TypeVar("D")

log = structlog.get_logger()


class Open(msgspec.Struct, frozen=True):
    """How many wait for their time, and how many are due, by the database's clock."""

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


class Sweep(Generic[D]):
    """What is due, read a batch at a time, and what is asked for each.

    It stops itself and alarms when the clock cannot be believed: nothing of it can be undone.
    """

    def __init__(
        self, name: str, count_open: One[Open], read_due: Many[D], asked: Callable[[D], Request]
    ) -> None:
        self.name, self.count_open, self.read_due, self.asked = name, count_open, read_due, asked
        self.clocks = Clocks()

    async def run(self, market: Market) -> None:
        """Ask for each that is due."""
        now_open = await market.look(self.count_open)
        assert now_open is not None
        wall_moved, steady_moved = self.clocks.moved(now_open.now.astimezone(UTC))
        if reason := rules.reason_to_brake(wall_moved, steady_moved, now_open.due, now_open.live):
            log.error("a sweep is braked", sweep=self.name, reason=reason, due=now_open.due)
            async with market.database.transaction() as connection:
                await brake(Tx(connection), name=self.name, brake=reason)
            return
        while due := await market.look(self.read_due, batch_max=BATCH_MAX):
            await asyncio.gather(*(market.ask(self.asked(each)) for each in due))
            if len(due) < BATCH_MAX:
                return
