"""`jishi backup`: a copy of the running database that can be started elsewhere."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
from rich.console import Console

from jishi.cli.connection import HOME, database, server_urls
from jishi.kernel.postgres import CANNOT_RUN, BackupFailed, back_up

console = Console(highlight=False)
MAJOR = 18
MAY_COPY = """
select (rolsuper or rolreplication) and current_setting('server_version_num')::int / 10000 = $1
  from pg_roles where rolname = current_user
"""


def backup(folder: Path, *, home: Path = HOME) -> None:
    """Copy the database and its secrets into a new dated folder; the market may run meanwhile.

    The copy is verified before it gets its name. `jishi restore` lays it out again.

    Parameters
    ----------
    folder
        Where backups are kept.
    home
        The data folder.
    """
    place = folder.resolve() / f"jishi-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    named = server_urls()
    if named and not asyncio.run(may_copy(named.owner)):
        console.print(
            "[red]JISHI_DATABASE_URL names a server that this role may not copy[/] (or that is not"
            f" PostgreSQL {MAJOR}). Use the server's own backup."
        )
        sys.exit(1)
    if not named and not (home / "owner.pw").exists():
        console.print(f"[red]There is no market in {home};[/] name its folder with --home.")
        sys.exit(1)
    try:
        with database(home) as urls:
            back_up(urls.owner, place, None if named else home)
    except (BackupFailed, *CANNOT_RUN) as error:
        console.print(f"[red]Nothing was backed up.[/] {error}")
        sys.exit(1)
    console.print(f"The backup is in {place}. Keep it as safe as the data: it holds the secrets.")


async def may_copy(url: str) -> bool:
    """Tell whether our tools may copy that server whole."""
    connection = await asyncpg.connect(url)
    try:
        return bool(await connection.fetchval(MAY_COPY, MAJOR))
    finally:
        await connection.close()
