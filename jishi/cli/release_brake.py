"""`jishi release-brake`: let scheduled work go on that stopped itself."""

import asyncio
from pathlib import Path
from uuid import uuid4

from rich.console import Console

from jishi.cli.connection import HOME, database
from jishi.kernel import MARKET, Market
from jishi.kernel.schedule import braked
from jishi.staff import BrakeReleased, ReleaseBrake


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
            answer = await market.ask(ReleaseBrake(key=uuid4(), book=MARKET, actor_id=0, name=name))
            is_released = isinstance(answer, BrakeReleased)
            console.print(f"{name} goes on." if is_released else f"{name} was not stopped.")
        else:
            console.print("To let one go on: jishi release-brake NAME")
    finally:
        await market.close()
