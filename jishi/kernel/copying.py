"""Copying in bulk: rows that nobody asks for one by one go in through PostgreSQL's COPY."""

from collections.abc import Sequence

import asyncpg

from jishi.kernel.failures import ConnectionLost, is_bug
from jishi.kernel.limits import COMMAND_SECONDS_MAX
from jishi.kernel.tx import Tx


class CopiedAlready(Exception):
    """A row with this key is there: these were copied before, and the answer was lost."""


async def copy(
    tx: Tx, table: str, names: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> None:
    """Copy rows into a table, `schema.table`: all of them or none.

    COPY knows no row-level security: it serves tables that need none, and append only.
    """
    schema, _, name = table.partition(".")
    try:
        await tx.connection.copy_records_to_table(
            name, schema_name=schema, columns=list(names), records=rows,
            timeout=COMMAND_SECONDS_MAX,
        )  # fmt: skip
    except asyncpg.UniqueViolationError as error:
        raise CopiedAlready(table) from error
    except (asyncpg.PostgresError, TypeError, KeyError):
        raise
    except Exception as error:
        if is_bug(error):
            raise
        raise ConnectionLost(table) from error
