"""`jishi empty-searches`: what was looked for and not found, the most wanted first."""

import asyncio
from pathlib import Path

from rich.console import Console
from rich.table import Table

from jishi.cli.connection import HOME, database
from jishi.discovery import views
from jishi.kernel import MARKET, Market


def empty_searches(*, home: Path = HOME, number: int = 20) -> None:
    """Show what people looked for here and did not find.

    Parameters
    ----------
    home
        The data folder.
    number
        How many, the most wanted first.
    """
    with database(home) as urls:
        found = asyncio.run(_read(urls.login, number))
    table = Table("question", "times", "last asked (UTC)")
    for each in found:
        table.add_row(each.question, str(each.times), f"{each.last_at:%Y-%m-%d %H:%M}")
    Console().print(table if found else "Nothing was looked for in vain.")


async def _read(url: str, number: int) -> list[views.EmptySearch]:
    market = Market(url, is_working=False)
    await market.open()
    try:
        return await market.look(views.empty_searches, of_book=MARKET, questions_max=number)
    finally:
        await market.close()
