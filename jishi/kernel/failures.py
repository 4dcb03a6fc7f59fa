"""What can go wrong below an act, and what to do about it: ask again, or give up.

PostgreSQL's error codes are those of its manual, appendix "PostgreSQL Error Codes".
"""

import asyncpg

ASK_AGAIN = ("40001", "40P01", "55P03")
"""Serialization failure, deadlock, lock not available: the same batch may pass next time."""

IS_DOWN = ("08", "53", "57P", "58", "25P03", "25P04", "57014")
"""No connection, no resources (a full disk too), shutting down, system error, timed out: wait."""


class ConnectionLost(Exception):
    """The connection died, so nobody knows whether its last statement was done."""


class BrokenWorld(Exception):
    """Something the tables promise was not so; a bug, never a refusal."""


def is_bug(error: Exception) -> bool:
    """Tell a value the driver cannot encode from a broken connection: it would fail for ever."""
    return isinstance(error, asyncpg.DataError | asyncpg.UnsupportedClientFeatureError)


def is_down(error: BaseException) -> bool:
    """Tell whether the database is away or the outcome unknown: ask again with the same key."""
    if isinstance(error, asyncpg.PostgresError):
        return (error.sqlstate or "").startswith(IS_DOWN)
    return isinstance(error, ConnectionLost | OSError | asyncpg.InterfaceError | TimeoutError)


def is_contended(error: BaseException) -> bool:
    """Tell whether the same batch, asked again, may simply pass."""
    return isinstance(error, asyncpg.PostgresError) and error.sqlstate in ASK_AGAIN
