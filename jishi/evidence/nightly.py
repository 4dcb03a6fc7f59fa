"""Every night, what happened is rolled over to the lake: by a process of its own.

No page and no clock waits for it. Where the extra `gauges` is not installed there is no lake.
"""

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import msgspec
import structlog

from jishi.evidence import leaving, views
from jishi.kernel import MARKET, Market, Schedule
from jishi.kernel.programs import JISHI, run_beside

NIGHT = range(18, 22)
"""Hours of UTC: from two to six in the morning in China."""

DAY, LATE = timedelta(hours=20), timedelta(hours=36)
NEEDED = ("ibis", "numpy", "pyarrow")
WORK = "lake"

log = structlog.get_logger()


class Mark(msgspec.Struct, frozen=True):
    """When the lake was rolled over to last."""

    rolled_at: datetime | None = None


def lake_folder(home: Path) -> Path:
    """Give where the lake lies in a market's home."""
    return home / "lake"


def has_gauges() -> bool:
    """Tell whether the extra is installed."""
    return all(find_spec(name) for name in NEEDED)


def is_due(now: datetime, last: datetime) -> bool:
    """Tell whether it is time: at night, or at any hour when a night was missed."""
    age = now - last
    return age > LATE or (age > DAY and now.hour in NIGHT)


async def nightly(market: Market) -> None:
    """Begin to roll over, when it is time."""
    home = Path(os.environ.get("JISHI_HOME", "jishi-data"))
    if market.doing(WORK):
        return
    waiting = [each.person_id for each in await leaving.leavers(market) if each.is_waiting]
    if not has_gauges():
        # A lake that is there and cannot be read now names them still: they wait.
        if not lake_folder(home).exists():
            await leaving.forget(market, waiting, ())
        return
    copied = await market.look(views.copied, book=MARKET)
    assert copied is not None
    last = _last(lake_folder(home)) or copied.opened_at
    if waiting or is_due(datetime.now(UTC), last):
        market.begin(_run(market, home), WORK)


def _last(folder: Path) -> datetime | None:
    with suppress(FileNotFoundError, msgspec.DecodeError):
        return msgspec.json.decode((folder / "rolled.json").read_bytes(), type=Mark).rolled_at
    return None


async def _run(market: Market, home: Path) -> None:
    """Run `jishi lake`; it ends with the market."""
    ended = await run_beside(market.database.url, [*JISHI, "lake", "--home", str(home)])
    if ended.trouble:
        log.warning("the lake was not rolled over to", trouble=ended.said)


Schedule("evidence.roll_over", 3_600, nightly)
