"""`jishi export`: a shop's goods as a file that `jishi import` reads."""

import asyncio
import sys
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from jishi import goods
from jishi.cli.connection import HOME, database
from jishi.kernel import Market

SHOPS_MAX = 1_000
console = Console(highlight=False)


def export(file: Path, *, shop: str = "", home: Path = HOME) -> None:
    """Write a shop's goods to a file: CSV, or Excel where its name ends in .xlsx.

    Parameters
    ----------
    file
        Where to write; what is there is replaced.
    shop
        The shop's public id; may be left out while there is one shop.
    home
        The data folder.
    """
    with database(home) as urls:
        products = asyncio.run(read(urls.login, shop))
    try:
        write = goods.as_xlsx if file.suffix.lower() == ".xlsx" else goods.as_csv
        file.write_bytes(write(products))
    except goods.TooLong as error:
        console.print(f"[red]Not written:[/] {escape(str(error))} is too long for Excel.")
        console.print("Write a .csv instead.")
        sys.exit(1)
    skus = sum(len(product.skus) for product in products)
    console.print(f"{len(products):,} products with {skus:,} SKUs are in {escape(file.name)}.")


async def read(url: str, shop: str) -> list[goods.ExportedProduct]:
    """Read all of a shop."""
    market = Market(url, is_working=False)
    await market.open()
    try:
        shops = await market.look(goods.views.shops, shops_max=SHOPS_MAX)
        chosen = [each for each in shops if shop in {"", each.shop}]
        if len(chosen) != 1:
            names = ", ".join(f"{each.shop} ({each.name})" for each in shops) or "none"
            console.print(f"[red]Name one shop with --shop.[/] There are: {escape(names)}")
            sys.exit(1)
        return [product async for product in goods.exported(market, chosen[0].book)]
    finally:
        await market.close()
