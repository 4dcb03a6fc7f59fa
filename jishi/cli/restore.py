"""`jishi restore`: a backup laid down in a fresh folder, and tried."""

import asyncio
import os
import shutil
import sys
from pathlib import Path

import asyncpg
from rich.console import Console

from jishi.cli.backup import SECRETS
from jishi.kernel.postgres import Embedded

console = Console(highlight=False)


def restore(folder: Path, *, home: Path) -> None:
    """Lay a backup down in a fresh data folder, start it once, and say what is in it.

    Parameters
    ----------
    folder
        One backup, as `jishi backup` made it.
    home
        The data folder to make; it must not exist, or be empty.
    """
    if not (folder / "pg18" / "PG_VERSION").exists():
        console.print(f"[red]{folder} is not a backup:[/] there is no pg18 in it.")
        sys.exit(1)
    if home.exists() and any(home.iterdir()):
        console.print(f"[red]{home} is not empty;[/] a backup is never laid over anything.")
        sys.exit(1)
    events = lay(folder.absolute(), home.absolute())
    console.print(f"{home} holds the market as it was, with {events:,} events. Now: jishi up")


def lay(folder: Path, home: Path) -> int:
    """Lay the backup down and start it once; give how many events it has."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in SECRETS:
        if (folder / name).exists():
            shutil.copy2(folder / name, home / name)
    embedded = Embedded(home, say=console.print)
    embedded.data.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    shutil.copytree(folder / "pg18", embedded.data)
    if embedded.user.is_other:
        for path in (embedded.data, *embedded.data.rglob("*")):
            os.chown(path, embedded.user.uid, embedded.user.gid)
    embedded.data.chmod(0o700)
    embedded.start()
    try:
        return asyncio.run(_events(embedded.owner_url))
    finally:
        embedded.stop()


async def _events(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return int(await connection.fetchval("select count(*) from kernel.events"))
    finally:
        await connection.close()
