"""The lake: the three tables of the vocabulary, wherever they lie; the gauges ask them by ibis."""

from pathlib import Path
from typing import NamedTuple

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend

from jishi.gauges.vocabulary import TABLES

LAID_BY = {"events": "type", "exposures": "experiment", "contacts": "kind"}
"""Like lies beside like in a file: a question reads its own types and passes over the rest."""

ROWS_A_GROUP = 1 << 15
"""Rows of a file that are read or passed over together."""


SETTINGS = (
    # Every question opens the same files: what their footers say is read once.
    "pragma parquet_metadata_cache = true",
    # Nobody asks in which order rows lie.
    "pragma preserve_insertion_order = false",
)


class Lake(NamedTuple):
    """The tables of `jishi.gauges.vocabulary`, as ibis expressions of any backend."""

    events: ibis.Table
    exposures: ibis.Table
    contacts: ibis.Table


def schema(name: str) -> pa.Schema:
    """Give a table's schema as the lake's files have it."""
    return ibis.schema({column.name: column.kind for column in TABLES[name]}).to_pyarrow()


def at_folder(folder: Path) -> Lake:
    """Open the Parquet files in `events/`, `exposures/` and `contacts/` of a folder.

    A table without a file is empty.
    """
    backend = ibis.duckdb.connect()
    for setting in SETTINGS:
        backend.raw_sql(setting)
    return Lake(*(_table(backend, folder, name) for name in TABLES))


def _table(backend: Backend, folder: Path, name: str) -> ibis.Table:
    files = sorted(str(path) for path in (folder / name).glob("**/*.parquet"))
    if files:
        return backend.read_parquet(files, table_name=name, hive_partitioning=False)
    return backend.create_table(name, schema(name).empty_table())


def of_arrow(events: pa.Table, exposures: pa.Table, contacts: pa.Table) -> Lake:
    """Hold tables in memory."""
    backend = ibis.duckdb.connect()
    held = zip(TABLES, (events, exposures, contacts), strict=True)
    return Lake(*(backend.create_table(name, table.cast(schema(name))) for name, table in held))
