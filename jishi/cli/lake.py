"""`jishi lake`: bring what happened to the lake, where the gauges read it."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from jishi.cli.connection import HOME, database
from jishi.evidence import has_gauges, lake_folder
from jishi.evidence.months import drop_months
from jishi.kernel import Market

MISSING = "The lake needs an extra that is not installed: pip install 'jishi\\[gauges]'."


def lake(*, home: Path = HOME, keep_days: int = 400) -> None:
    """Roll over all that happened since the last time; then drop old months of what pages saw.

    Parameters
    ----------
    home
        The data folder.
    keep_days
        How long what pages saw stays in the database too, in days; at least a month.
    """
    console = Console(highlight=False)
    if not has_gauges():
        console.print(MISSING)
        sys.exit(1)
    with database(home) as urls:
        asyncio.run(_lake(urls.login, lake_folder(home), keep_days, console))


async def _lake(url: str, folder: Path, keep_days: int, console: Console) -> None:
    from jishi.evidence import folding, rolling  # noqa: PLC0415 - they need the extra
    from jishi.gauges.terms import Terms  # noqa: PLC0415 - as above

    market = Market(url, is_working=False)
    await market.open()
    try:
        with rolling.alone(folder):
            rows = await rolling.roll_over(market, folder)
            people = await folding.forget(market, folder, Terms())
            until = datetime.now(UTC).date() - timedelta(days=keep_days)
            months = await drop_months(market, until, rolling.how_far(folder).batch)
    except rolling.AtWork:
        console.print("Somebody else is at it just now.")
        sys.exit(1)
    finally:
        await market.close()
    console.print(
        f"{rows:,} rows came to {folder}; {people} people were folded and forgotten; "
        f"{months} old months were dropped.", soft_wrap=True,
    )  # fmt: skip
