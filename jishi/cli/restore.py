"""`jishi restore`: a backup laid out in a fresh folder, and tried."""

import asyncio
import sys
from pathlib import Path

import asyncpg
from rich.console import Console

from jishi.kernel.postgres import CANNOT_RUN, BackupFailed, Busy, Embedded, lay_out

console = Console(highlight=False)


def restore(folder: Path, *, home: Path) -> None:
    """Lay a backup out in a fresh data folder, start it once, and say what is in it.

    Parameters
    ----------
    folder
        One backup, as `jishi backup` made it.
    home
        The data folder to make; it must not exist, or be empty.
    """
    embedded = Embedded(home, say=console.print)
    try:
        lay_out(folder.resolve(), embedded.home, console.print)
        embedded.start()
    except (BackupFailed, Busy, *CANNOT_RUN) as error:
        console.print(f"[red]Nothing was restored.[/] {error}")
        sys.exit(1)
    try:
        events = asyncio.run(count_events(embedded.owner_url))
    finally:
        embedded.stop()
    console.print(f"{home} holds the market as it was, with {events:,} events.")
    console.print(f"To open it: jishi up --home {home}")


async def count_events(url: str) -> int:
    """Count what happened, to see that the restored tables can be read."""
    connection = await asyncpg.connect(url)
    try:
        if not await connection.fetchval("select to_regclass('kernel.events')"):
            return 0
        return int(await connection.fetchval("select count(*) from kernel.events"))
    finally:
        await connection.close()
