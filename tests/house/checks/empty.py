"""An empty database for a moment."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Connection]:
    """Lend a connection."""
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def empty_database(owner_url: str) -> AsyncIterator[Connection]:
    """Lend a connection to an empty database of the same server; it is dropped afterwards."""
    name = f"empty_{uuid4().hex}"
    async with connected(owner_url) as owner:
        await owner.execute(f"create database {name} template template0")
        try:
            there = urlunsplit(urlsplit(owner_url)._replace(path=f"/{name}"))
            async with connected(there) as connection:
                yield connection
        finally:
            await owner.execute(f"drop database {name} with (force)")
