"""Connections: a small pool without session state, and the transaction that opens with a lock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import asyncpg

from jishi.kernel import limits
from jishi.kernel.failures import ConnectionLost, is_down
from jishi.kernel.tx import Connection


async def _keep(_connection: object) -> None:
    """Reset nothing: no statement of ours leaves anything on a connection."""


class Database:
    """The pool of one process. A connection that met anything odd is closed, never reused."""

    def __init__(self, url: str, *, connections_max: int = limits.CONNECTIONS_MAX) -> None:
        self.url, self.connections_max = url, connections_max
        self.pool: asyncpg.Pool[asyncpg.Record] | None = None

    async def open(self) -> None:
        """Open the pool. The isolation level is asserted: the locks rest on READ COMMITTED."""
        self.pool = await asyncpg.create_pool(
            self.url,
            min_size=0,
            max_size=self.connections_max,
            statement_cache_size=limits.STATEMENTS_CACHED_MAX,
            max_inactive_connection_lifetime=0,
            timeout=limits.CONNECT_SECONDS_MAX,
            command_timeout=limits.COMMAND_SECONDS_MAX,
            server_settings=limits.SETTINGS,
            reset=_keep,
        )
        async with self.connection() as connection:
            level = await connection.fetchval("show transaction_isolation")
            assert level == "read committed", f"isolation is {level}"

    async def close(self) -> None:
        """Close every connection; those in use get a few seconds."""
        if self.pool is not None:
            pool, self.pool = self.pool, None
            try:
                async with asyncio.timeout(limits.CONNECT_SECONDS_MAX):
                    await pool.close()
            except TimeoutError:
                pool.terminate()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Lend a connection. One that is handed back inside a transaction is closed."""
        if self.pool is None:
            raise ConnectionLost("the pool is closed")
        try:
            connection = await self.pool.acquire(timeout=limits.ACQUIRE_SECONDS_MAX)
        except asyncpg.PostgresError:
            raise
        except Exception as error:
            raise ConnectionLost("no connection") from error
        try:
            yield connection
        except BaseException as error:
            if not isinstance(error, Exception) or is_down(error):
                with suppress(Exception):
                    connection.terminate()
            raise
        finally:
            with suppress(Exception):
                if not connection.is_closed() and connection.is_in_transaction():
                    connection.terminate()
            with suppress(Exception):
                await self.pool.release(connection, timeout=limits.CONNECT_SECONDS_MAX)

    @asynccontextmanager
    async def transaction(
        self, *, book: int = 0, person: int = 0, lock: bool = False
    ) -> AsyncIterator[Connection]:
        """Begin in one round trip: the settings that row-level security reads, then the lock.

        The lock is a statement of its own, so whatever is read afterwards is true until commit.
        `for no key update`: plain `for update` would also stop other writers' foreign-key checks.
        """
        opening = f"begin; set local jishi.book = '{book:d}'; set local jishi.person = '{person:d}'"
        if lock:
            opening += f"; select from kernel.books where book = {book:d} for no key update"
        async with self.connection() as connection:
            try:
                await _say(connection, opening)
                yield connection
                await _say(connection, "commit")
            except Exception as error:
                if not is_down(error):
                    await _say(connection, "rollback")
                raise


async def _say(connection: Connection, words: str) -> None:
    try:
        await connection.execute(words)
    except asyncpg.PostgresError:
        raise
    except Exception as error:
        raise ConnectionLost(words[:8]) from error
