"""`jishi release-brake`: let scheduled work go on that stopped itself."""

import asyncio
from pathlib import Path

from rich.console import Console

from jishi.cli.connection import HOME, database
from jishi.kernel import Market, Tx
from jishi.kernel.schedule import braked, release_brake


def release_brake_(name: str = "", *, home: Path = HOME) -> None:
    """Show which scheduled work stopped itself, and let the named one go on.

    Expiry stops when the clock jumped, or when most reservations would end at once: look at the
    server's clock first.
    """
    with database(home) as urls:
        asyncio.run(_release(urls.login, name))


async def _release(url: str, name: str) -> None:
    console = Console(highlight=False)
    market = Market(url, is_working=False)
    await market.open()
    try:
        for each in await market.look(braked):
            console.print(f"{each.name} stopped itself at {each.braked_at:%F %T} UTC: {each.brake}")
        if name:
            async with market.database.transaction() as connection:
                released = await release_brake(Tx(connection), name=name)
            console.print(f"{name} goes on." if released else f"{name} was not stopped.")
        else:
            console.print("To let one go on: jishi release-brake NAME")
    finally:
        await market.close()
