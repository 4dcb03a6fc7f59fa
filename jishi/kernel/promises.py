"""Promises: every invariant is a view that must return no row, checked on a live market."""

import time
from collections.abc import AsyncIterator, Sequence

import asyncpg
import msgspec

from jishi.kernel.tx import Connection

SHOWN_MAX = 5


class Kept(msgspec.Struct, frozen=True):
    """How a promise stands: rows examined, rows that break it (a few shown), milliseconds."""

    promise: str
    sentence: str
    examined: int
    broken: int
    shown: list[str]
    took_ms: int


# The names come from migrations, and regclass refuses whatever is not a table or view.
PROMISED = """
select promise, sentence, promise::regclass::text as broken, examined::regclass::text as examined
from kernel.promises
where cardinality($1::text[]) = 0
   or exists (select from unnest($1) as wanted(begins) where starts_with(promise, begins))
order by promise
"""


async def verify(owner_url: str, only: Sequence[str] = ()) -> AsyncIterator[Kept]:
    """Check every promise, or only those that begin so, as the role that sees everything.

    Each check reads one snapshot, so a running market cannot look broken in between. A beginning
    that no promise has raises a KeyError: what is not checked must not look kept.
    """
    connection = await asyncpg.connect(owner_url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            await connection.execute("set local role jishi_verifier")
            await connection.execute("set local statement_timeout = '10min'")
            rows = await connection.fetch(PROMISED, list(only))
            for wanted in only:
                if not any(row["promise"].startswith(wanted) for row in rows):
                    raise KeyError(wanted)
            for row in rows:
                yield await _check(connection, *row.values())
    finally:
        await connection.close()


async def _check(
    connection: Connection, promise: str, sentence: str, view: str, table: str
) -> Kept:
    began = time.perf_counter()
    count = await connection.fetchval(f"select count(*) from {table}")  # noqa: S608 - see above
    broken = await connection.fetch(f"select * from {view}")  # noqa: S608 - see above
    took_ms = round((time.perf_counter() - began) * 1000)
    shown = [
        ", ".join(f"{key}={value}" for key, value in row.items()) for row in broken[:SHOWN_MAX]
    ]
    return Kept(promise, sentence, count, len(broken), shown, took_ms)


async def check_indexes(owner_url: str) -> int:
    """Check every b-tree with amcheck (after an unclean start); give how many were sound.

    Raises asyncpg.IndexCorruptedError at the first that is not.
    """
    connection = await asyncpg.connect(owner_url)
    try:
        await connection.execute("create extension if not exists amcheck schema public")
        return int(
            await connection.fetchval(
                "select count(public.bt_index_check(c.oid, true)) from pg_index as i"
                " join pg_class as c on c.oid = i.indexrelid join pg_am as a on a.oid = c.relam"
                " where a.amname = 'btree' and c.relkind = 'i'"
                " and c.relpersistence = 'p' and i.indisready and i.indisvalid"
            )
        )
    finally:
        await connection.close()
