"""Tokens of one account in several processes, and where they come from."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg

from jishi.kernel.database import Database
from jishi.ports.wechat.official.tokens import Fetched, Patience, Place, Tokens
from tests.ports.wechat.official.stage import SECRET


class Source:
    """Gives tokens, each after a while, and counts."""

    def __init__(self, life_seconds: int = 7200, *values: str) -> None:
        self.life_seconds, self.values, self.forced = life_seconds, list(values), 0
        self.count, self.begun = 0, asyncio.Event()
        self.trouble: Exception | None = None

    async def fetch(self, *, is_forced: bool) -> Fetched:
        self.count += 1
        self.forced += is_forced
        self.begun.set()
        number = self.count
        await asyncio.sleep(0.05)
        if self.trouble is not None:
            raise self.trouble
        return Fetched(self.values.pop(0) if self.values else f"v{number}", self.life_seconds)


@asynccontextmanager
async def processes(
    url: str, source: Source, count: int = 2, patience: Patience | None = None
) -> AsyncIterator[list[Tokens]]:
    """Lend the tokens of one account in several processes, each with a database of its own."""
    place = Place(f"wx{uuid4().hex[:16]}", "access_token")
    databases = [Database(url) for _ in range(count)]
    quick = Patience(fetch_seconds_max=3, lease_seconds=5, wait_seconds_max=12, poll_seconds=0.01)
    tokens = [
        Tokens(each, place, SECRET, source.fetch, patience=patience or quick) for each in databases
    ]
    for database in databases:
        await database.open()
    try:
        yield tokens
    finally:
        for each in tokens:
            await each.close()
        for database in databases:
            await database.close()


async def row(owner_url: str, tokens: Tokens) -> asyncpg.Record:
    connection = await asyncpg.connect(owner_url)
    try:
        found = await connection.fetchrow(
            "select *, due_at - clock_timestamp() as fresh from ports.tokens where appid = $1",
            tokens.place.appid,
        )
        assert found is not None
        return found
    finally:
        await connection.close()
