"""`jishi freight`: set how a shop charges for delivery, from a file."""

import asyncio
import sys
from pathlib import Path
from uuid import uuid4

import msgspec
from cyclopts.types import ExistingFile
from rich.console import Console
from rich.markup import escape

from jishi import goods, trade
from jishi.cli.connection import HOME, database
from jishi.kernel import Market, Refused
from jishi.trade.freight_rules import Freight
from jishi.web.words import refusal

SHOPS_MAX = 1_000
console = Console(highlight=False)


def freight(file: ExistingFile, *, shop: str, home: Path = HOME) -> None:
    """Set a shop's delivery charges; they hold for every order that is placed from now on.

    Parameters
    ----------
    file
        JSON: `charged_by` (`piece` or `weight`, in grams) and `zones`, each with `divisions` (the
        first 2, 4 or 6 digits of division codes; an empty list is the rest of the country),
        `is_served`, `first`, `first_fen`, `more`, `more_fen` and `free_from_fen` (0: never free).
    shop
        The shop's public id.
    home
        The data folder.
    """
    try:
        read = msgspec.json.decode(file.read_bytes(), type=Freight)
    except msgspec.MsgspecError as error:
        console.print(f"[red]{escape(file.name)} is no template:[/] {escape(str(error))}")
        sys.exit(1)
    with database(home) as urls:
        sys.exit(0 if asyncio.run(_set(urls.login, shop, read)) else 1)


async def _set(url: str, shop: str, read: Freight) -> bool:
    market = Market(url, is_working=False)
    await market.open()
    try:
        shops = await market.look(goods.views.shops, shops_max=SHOPS_MAX)
        book = next((each.book for each in shops if each.shop == shop), None)
        if book is None:
            console.print(f"[red]There is no shop {escape(shop)}.[/]")
            return False
        answer = await market.ask(
            trade.SetFreight(
                key=uuid4(), book=book, actor_id=0, charged_by=read.charged_by,
                zones=tuple(read.zones),
            )
        )  # fmt: skip
    finally:
        await market.close()
    if isinstance(answer, Refused):
        said = refusal("en", answer.reason, answer.detail)
        console.print(f"[red]{said.said}.[/] {said.way_out}")
        return False
    console.print(f"{len(read.zones)} zones are set for {escape(shop)}.")
    return True
