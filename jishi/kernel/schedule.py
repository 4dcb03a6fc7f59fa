"""Work that comes by the clock: one process does it at a time, and a brake can stop it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

import msgspec
import structlog

from jishi.kernel.sql import queries
from jishi.kernel.tx import Tx

if TYPE_CHECKING:
    from jishi.kernel.market import Market

log = structlog.get_logger()


class Due(msgspec.Struct, frozen=True):
    """Scheduled work that this process took."""

    name: str


class Braked(msgspec.Struct, frozen=True):
    """Work that stopped itself, and why."""

    name: str
    brake: str
    braked_at: datetime


sql = queries(__file__)
enter = sql.run("enter")
take_due = sql.many("take_due", Due)
finish = sql.run("finish")
brake = sql.run("brake")
release_brakes = sql.many("release_brakes", Due)
braked = sql.many("braked", Braked)


class Schedule:
    """Work done every so many seconds by whichever process comes first."""

    known: ClassVar[dict[str, "Schedule"]] = {}

    def __init__(
        self, name: str, every_seconds: int, work: Callable[["Market"], Awaitable[None]]
    ) -> None:
        assert name not in Schedule.known, f"{name} is already scheduled"
        self.name, self.every_seconds, self.work = name, every_seconds, work
        Schedule.known[name] = self


async def enter_schedules(market: "Market") -> None:
    """Make each schedule known to the database, so that it can be taken."""
    async with market.database.transaction() as connection:
        await enter(Tx(connection), names=list(Schedule.known))


async def work_schedules(market: "Market") -> None:
    """Do what is due. Work that fails is due again at its next turn, with its trouble noted."""
    known = Schedule.known
    async with market.database.transaction() as connection:
        due = await take_due(
            Tx(connection),
            names=list(known),
            pauses=[schedule.every_seconds for schedule in known.values()],
        )
    for each in due:
        trouble = None
        try:
            await known[each.name].work(market)
        except Exception as error:  # noqa: BLE001 - the next turn comes anyway; say what happened
            trouble = type(error).__name__
            log.warning("scheduled work failed", schedule=each.name, trouble=trouble)
        async with market.database.transaction() as connection:
            await finish(Tx(connection), name=each.name, trouble=trouble)


async def open_months(market: "Market") -> None:
    """Open the events' tables of this month and the next two."""
    async with market.database.transaction() as connection:
        await months(Tx(connection))


months = sql.run("months")
Schedule("kernel.open_months", 3_600, open_months)
