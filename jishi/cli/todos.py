"""`jishi todos`: what was given up, and why; and trying it again."""

import asyncio
from pathlib import Path
from uuid import uuid4

from rich.console import Console
from rich.table import Table

from jishi.cli.connection import HOME, database
from jishi.kernel import MARKET, Market
from jishi.kernel.dead import dead
from jishi.staff import ReviveTodos, TodosRevived

TODOS_MAX = 200


def todos(*, home: Path = HOME, revive_all: bool = False) -> None:
    """List what was given up after many tries; with --revive-all, try it all again."""
    with database(home) as urls:
        asyncio.run(_todos(urls.login, revive_all=revive_all))


async def _todos(url: str, *, revive_all: bool) -> None:
    console = Console(highlight=False)
    market = Market(url, is_working=False)
    await market.open()
    try:
        table = Table("Book", "Event", "Reaction", "Tries", "Trouble", "Given up (UTC)")
        found = await market.look(dead, todos_max=TODOS_MAX)
        for each in found:
            words = (each.book, each.number, each.reaction, each.tries, each.trouble)
            table.add_row(*map(str, words), f"{each.dead_at:%F %T}")
        console.print(table if found else "Nothing was given up.")
        if revive_all:
            answer = await market.ask(ReviveTodos(key=uuid4(), book=MARKET, actor_id=0))
            revived = answer.todos if isinstance(answer, TodosRevived) else 0
            console.print(f"{revived} todos are due again.")
    finally:
        await market.close()
