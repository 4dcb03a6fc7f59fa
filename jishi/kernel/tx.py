"""A transaction in one book, and its one moment: every rule in a batch sees the same clock."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import asyncpg
from asyncpg.pool import PoolConnectionProxy

if TYPE_CHECKING:  # the driver's classes take a parameter in its type stubs only
    Connection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]
else:
    Connection = asyncpg.Connection | PoolConnectionProxy

NEVER = datetime.min.replace(tzinfo=UTC)


class Tx(NamedTuple):
    """Where a statement runs. `now` is the database's clock, read once a batch (UTC)."""

    connection: Connection
    book: int = 0
    now: datetime = NEVER
