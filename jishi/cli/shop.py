"""`jishi shop`: open a shop, put it on trial, or announce its closing, at the machine itself."""

import asyncio
from pathlib import Path
from uuid import uuid4

from cyclopts import App
from rich.console import Console

from jishi import goods
from jishi.cli.connection import HOME, database
from jishi.kernel import Market, Refused

shop = App(name="shop", help="Whether a shop trades.")
console = Console(highlight=False, soft_wrap=True)


@shop.command(name="open")
def open_(address: str, *, home: Path = HOME) -> None:
    """Let the shop at this address sell to everybody; who stands behind it must be stated."""
    ask(address, "open", 0, home)


@shop.command
def trial(address: str, *, home: Path = HOME) -> None:
    """Let the shop sell to whoever has its address, and be found by nobody."""
    ask(address, "trial", 0, home)


@shop.command
def close(address: str, *, in_days: int = 30, home: Path = HOME) -> None:
    """Announce that the shop sells nothing any more in so many days; what was ordered goes on.

    A shop that has sold owes its buyers thirty days; one that never did, and the sample shop, may
    close at once, with --in-days 0.
    """
    ask(address, "closing", in_days, home)


def ask(address: str, state: str, in_days: int, home: Path) -> None:
    """Set how a shop trades, and say what came of it."""
    with database(home) as urls:
        asyncio.run(_ask(urls.login, address, state, in_days))


async def _ask(url: str, address: str, state: str, in_days: int) -> None:
    market = Market(url, is_working=False)
    await market.open()
    try:
        found = await market.look(goods.views.shop_named, shop=address)
        if found is None:
            console.print(f"[red]There is no shop at {address}.[/]")
            raise SystemExit(1)
        answer = await market.ask(
            goods.SetOpening(key=uuid4(), book=found.book, actor_id=0, state=state, in_days=in_days)
        )
        if not isinstance(answer, goods.OpeningSet):
            assert isinstance(answer, Refused)
            console.print(f"[red]Refused: {answer.reason}[/] {answer.detail or ''}")
            raise SystemExit(1)
        until = "" if answer.closes_at is None else f" from {answer.closes_at:%Y-%m-%d %H:%M} UTC"
        console.print(f"{found.name} is {state}{until}.")
    finally:
        await market.close()
