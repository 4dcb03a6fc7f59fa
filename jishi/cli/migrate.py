"""`jishi migrate`: bring the database's tables up to this version."""

import asyncio
from pathlib import Path

from rich.console import Console

from jishi import kernel
from jishi.cli.connection import HOME, database


def migrate(*, home: Path = HOME) -> None:
    """Apply the migrations that the database has not seen; the market may run meanwhile."""
    console = Console(highlight=False)
    with database(home) as urls:
        for name in asyncio.run(kernel.migrate(urls.owner)):
            console.print(f"applied {name}")
        console.print("The tables are up to date.")
