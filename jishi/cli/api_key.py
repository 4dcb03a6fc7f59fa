"""`jishi api-key`: keys with which a merchant's own programs enter by the API."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import uuid4

from cyclopts import App
from rich.console import Console
from rich.table import Table

from jishi import access, goods
from jishi.cli.connection import HOME, database
from jishi.goods.views import ShopRow
from jishi.kernel import Market, Refused, Request, new_id
from jishi.web.words import refusal

SECRET_BYTES = 32
SHOPS_MAX = 10_000
KEYS_SHOWN_MAX = 100
console = Console(highlight=False)
app = App(name="api-key", help="Keys with which a merchant's own programs enter by the API.")


@app.command
def issue(shop: str, name: str, *scopes: str, home: Path = HOME) -> None:
    """Issue a key for a shop; it is shown once, and kept nowhere.

    Parameters
    ----------
    shop
        The shop, as in its addresses.
    name
        Which program it is for.
    scopes
        What it may: goods:read, goods:write, stock:write, orders:read, orders:write, and so on.
    home
        The data folder.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)

    async def work(market: Market, book: int) -> None:
        asked = access.IssueApiKey(
            key=uuid4(), book=book, actor_id=0, key_id=new_id(), name=name, scopes=scopes,
            digest=access.rules.digest(secret),
        )  # fmt: skip
        await _ask(market, asked)
        console.print(access.rules.token(book, asked.key_id, secret), soft_wrap=True)

    _at(home, shop, work)


@app.command(name="list")
def list_(shop: str, *, home: Path = HOME) -> None:
    """Show the keys of a shop, the newest first.

    Parameters
    ----------
    shop
        The shop, as in its addresses.
    home
        The data folder.
    """

    async def work(market: Market, book: int) -> None:
        found = await market.look(
            access.views.api_keys, book=book, before=2**63 - 1, keys_max=KEYS_SHOWN_MAX
        )
        table = Table("key", "name", "scopes", "issued (UTC)", "is")
        for each in found:
            standing = "revoked" if each.revoked_at else "in use"
            scopes, at = " ".join(each.scopes), f"{each.issued_at:%Y-%m-%d %H:%M}"
            table.add_row(str(each.key_id), each.name, scopes, at, standing)
        console.print(table if found else "This shop has no key.")

    _at(home, shop, work)


@app.command
def revoke(shop: str, key: int, *, home: Path = HOME) -> None:
    """Revoke a key: it opens nothing from now on.

    Parameters
    ----------
    shop
        The shop, as in its addresses.
    key
        The key's number, as `jishi api-key list` shows it.
    home
        The data folder.
    """

    async def work(market: Market, book: int) -> None:
        await _ask(market, access.RevokeApiKey(key=uuid4(), book=book, actor_id=0, key_id=key))
        console.print("It opens nothing from now on.")

    _at(home, shop, work)


def _at(home: Path, shop: str, work: Callable[[Market, int], Awaitable[None]]) -> None:
    with database(home) as urls:
        asyncio.run(_work(urls.login, shop, work))


async def _work(url: str, shop: str, work: Callable[[Market, int], Awaitable[None]]) -> None:
    market = Market(url, is_working=False)
    await market.open()
    try:
        shops: list[ShopRow] = await market.look(goods.views.shops, shops_max=SHOPS_MAX)
        book = next((each.book for each in shops if each.shop == shop), 0)
        if not book:
            console.print(f"[red]There is no shop {shop}.[/] There are:", soft_wrap=True)
            console.print(", ".join(each.shop for each in shops[:20]), soft_wrap=True)
            raise SystemExit(1)
        await work(market, book)
    finally:
        await market.close()


async def _ask(market: Market, asked: Request) -> None:
    answer = await market.ask(asked)
    if isinstance(answer, Refused):
        said = refusal("en", answer.reason, answer.detail)
        console.print(f"[red]{said.said}.[/] {said.way_out}", soft_wrap=True)
        raise SystemExit(1)
