"""The tables as they are: equal to the sum of the migrations, led by the book, well named."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

import asyncpg
from pglast import ast

from tests.house.checks.statements import full_name, nodes, parsed
from tests.house.checks.tree import floors

CATALOGUE = Path(__file__).with_name("catalogue.sql").read_text("utf-8")
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

# Small tables that are the same for every book, or known before there is one.
SHARED = {
    "kernel.schedules": "work that comes by the clock, for all books",
    "kernel.promises": "the list of invariants",
    "ledger.kinds": "the kinds of account, the same in every book",
    "goods.pictures": "found by the digest of its bytes; two shops may show one picture",
}
KEYS = """
select format('%s.%s', namespace.nspname, class.relname) as name, key.relname as key,
       (select attname from pg_attribute where attrelid = class.oid and attnum = index.indkey[0]) as first,
       exists (select from pg_attribute where attrelid = class.oid and attname = 'book') as has_book
  from pg_class as class
  join pg_namespace as namespace on namespace.oid = class.relnamespace
  left join pg_index as index on index.indrelid = class.oid and index.indisunique
  left join pg_class as key on key.oid = index.indexrelid
 where class.relkind in ('r', 'p') and not class.relispartition
   and namespace.nspname !~ '^pg_' and namespace.nspname not in ('information_schema', 'public')
 order by 1, 2
"""
COLUMNS = """
select table_schema || '.' || table_name as name, column_name as column, udt_name as kind
  from information_schema.columns
  join information_schema.tables using (table_schema, table_name)
 where table_type = 'BASE TABLE' and table_schema !~ '^pg_'
   and table_schema not in ('information_schema', 'public') and table_name !~ '_[0-9]{6}$'
 order by 1, 2
"""
# An amount of the ledger is in its account's own unit, and says so in the column `unit`.
IS_MONEY = re.compile(r"(price|total|fee|paid|refunded|cost|money)(_|$)")


def tables_in_order(root: Path) -> list[Path]:
    """Give each domain's tables.sql, the lowest floor's first."""
    height = floors(root)
    found = (root / "jishi").glob("*/tables.sql")
    return sorted(found, key=lambda file: (height.get(file.parent.name, 99), file.parent.name))


def migrations_in_order(root: Path) -> list[Path]:
    """Give the migrations by their numbers."""
    return sorted((root / "jishi" / "migrations").glob("*.sql"))


async def build(connection: Connection, scripts: Iterable[Path]) -> list[str]:
    """Run the scripts in an empty database; give what it then holds."""
    for file in scripts:
        await connection.execute(file.read_text("utf-8"))
    return await catalogue(connection)


async def catalogue(connection: Connection) -> list[str]:
    """Give all that a database holds beside its rows, and the rows that its scripts put there."""
    return [row["line"] for row in await connection.fetch(CATALOGUE)]


async def rows(connection: Connection, scripts: Iterable[Path]) -> list[str]:
    """Give the rows of the tables that the scripts fill, without the moments of their making."""
    tree = [node for file in scripts for node in nodes(parsed(file.read_text("utf-8")))]
    filled = {full_name(node.relation) for node in tree if isinstance(node, ast.InsertStmt)}
    moments = "select column_name from information_schema.columns where udt_name = 'timestamptz'"
    return [
        f"{table} {row['line']}"
        for table in sorted(filled)
        for row in await connection.fetch(
            f"select (to_jsonb(t) - array({moments}))::text as line from {table} as t order by 1"
        )
    ]


def differences(tables: list[str], migrations: list[str]) -> Iterator[str]:
    """Name what only one of them holds."""
    for line in sorted(set(tables) - set(migrations)):
        yield f"only tables.sql: {line}"
    for line in sorted(set(migrations) - set(tables)):
        yield f"only the migrations: {line}"


async def unled(connection: Connection) -> Iterator[str]:
    """Every table's keys begin with its book; the few shared tables are named here, with reasons."""
    keys = await connection.fetch(KEYS)
    return iter([
        f"{row['name']}: its key {row['key']} begins with {row['first']}, not with book"
        if row["has_book"] else f"{row['name']}: has no book"
        for row in keys
        if row["name"] not in SHARED and not (row["has_book"] and row["first"] == "book")
    ])  # fmt: skip


async def misnamed(connection: Connection) -> Iterator[str]:
    """Names end in their unit: moments in _at or _until, money in _fen; truths are questions."""
    found = []
    for table, column, kind in await connection.fetch(COLUMNS):
        if kind == "timestamptz" and not re.search(r"(^|_)(at|until)$", column):
            found.append(f"{table}.{column}: a moment ends in _at or _until")
        if kind == "date" and not column.endswith("_on"):
            found.append(f"{table}.{column}: a day ends in _on")
        if kind == "bool" and not re.match(r"(is|has|can|may)_", column):
            found.append(f"{table}.{column}: a truth is a question: is_, has_, can_, may_")
        if kind in {"int4", "int8"} and IS_MONEY.search(column) and not column.endswith("_fen"):
            found.append(f"{table}.{column}: money ends in _fen")
    return iter(found)
