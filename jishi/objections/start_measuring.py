"""Start a measuring: the eight questions are asked of the market's own lake again."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from jishi.kernel import MARKET, Act, Event, Happened, Refused, Request, Tx, queries
from jishi.objections import rules


class StartMeasuring(Request, frozen=True, kw_only=True):
    """Measure the eight questions now; asked in the market's book.

    Refused: `wrong_book`, `measuring_under_way`.
    """


class MeasuringStarted(Event, frozen=True, kw_only=True):
    """The market (`subject_id`) is being measured; the event's number names the measuring."""


class Open(msgspec.Struct, frozen=True):
    """A measuring without an end."""

    measuring: int
    asked_at: datetime


class World(msgspec.Struct):
    """Whether one goes on already."""

    is_under_way: bool


sql = queries(__file__)
last_open = sql.one("last_open", Open)
write = sql.run("write")


async def gather(tx: Tx, _asked: Sequence[StartMeasuring]) -> World:
    """Read the last one that did not end."""
    found = await last_open(tx)
    return World(found is not None and rules.is_under_way(found.asked_at, tx.now))


def decide(world: World, asked: StartMeasuring) -> MeasuringStarted | Refused:
    """Accept it when none is under way."""
    if asked.book != MARKET:
        return Refused("wrong_book")
    if world.is_under_way:
        return Refused("measuring_under_way")
    world.is_under_way = True
    return MeasuringStarted(subject_id=MARKET)


async def record(tx: Tx, happened: Sequence[Happened[StartMeasuring, MeasuringStarted]]) -> None:
    """Write it down."""
    numbers = [number for _, _, number in happened]
    await write(tx, numbers=numbers, asked_by=[asked.actor_id for asked, _, _ in happened])


start_measuring = Act(StartMeasuring, MeasuringStarted, gather, decide, record)
