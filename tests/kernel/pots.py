"""A book of pots, for the tests of the kernel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

import asyncpg

from jishi.kernel import Market, new_id
from jishi.kernel.tx import Tx
from tests.conftest import opened, run_as_owner
from tests.kernel import toy


class Urls(NamedTuple):
    """Where the market logs in, and where the owner does."""

    login: str
    owner: str


@asynccontextmanager
async def pots(
    urls: Urls, *coins: int, is_working: bool = False
) -> AsyncIterator[tuple[Market, int]]:
    """Lend a market with a book whose pots (1, 2, ...) hold these coins."""
    book = new_id()
    opening = f"insert into kernel.books (book, kind) values ({book}, 'shop')"
    await run_as_owner(urls.owner, toy.TABLES, opening)
    async with opened(urls.login, is_working=is_working) as market:
        async with market.database.transaction(book=book) as connection:
            numbers = list(range(1, len(coins) + 1))
            await toy.fill(Tx(connection, book), pot_ids=numbers, coins=list(coins))
        yield market, book


async def count(urls: Urls, table: str, book: int) -> int:
    """Count the rows of a table in a book, as the owner."""
    connection = await asyncpg.connect(urls.owner)
    try:
        found = await connection.fetchval(f"select count(*) from {table} where book = {book}")
        return int(found)
    finally:
        await connection.close()
