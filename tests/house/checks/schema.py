"""The tables as they are: equal to the sum of the migrations, led by the book, well named."""

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from functools import cache
from pathlib import Path

from pglast import ast

from tests.house.checks.empty import Connection
from tests.house.checks.statements import full_name, nodes, parsed
from tests.house.checks.tree import floors

CATALOGUE = Path(__file__).with_suffix(".sql").read_text("utf-8")

# Small tables that are the same for every book, or known before there is one.
SHARED = {
    "kernel.schedules": "work that comes by the clock, for all books",
    "kernel.promises": "the list of invariants",
    "ledger.kinds": "the kinds of account, the same in every book",
    "goods.shops": "every page asks for a shop by its public id, before it knows the book",
    "goods.renditions": "found by the digest of its picture",
    "goods.pictures": "found by the digest of its bytes; two shops may show one picture",
    "ports.tokens": "an account's access tokens, whichever shops it speaks for",
}
# The packages with tables of their own: those of domains, and the sandbox's, the lowest first.
PACKAGES = (
    "privacy",
    "keeping",
    "books",
    "payees",
    "late",
    "buying",
    "selling",
    "invoicing",
    "same_city",
    "evidence",
    "simulations",
    "window",
    "pickup",
    "parcels",
    "tracking",
    "pay", "official", "articles", "program", "complaints", "sharing", "transfers", "bills",
    "phone",
)  # fmt: skip
# WeChat, as it is played here, has no books.
WITHOUT_BOOKS = ("sandbox.",)
KEYS = """
select format('%s.%s', namespace.nspname, class.relname) as name, key.relname as key,
       (select attname from pg_attribute
         where attrelid = class.oid and attnum = index.indkey[0]) as first
  from pg_class as class
  join pg_namespace as namespace on namespace.oid = class.relnamespace
  left join pg_index as index on index.indrelid = class.oid and index.indisunique
  left join pg_class as key on key.oid = index.indexrelid
 where class.relkind in ('r', 'p') and not class.relispartition
   and namespace.nspname !~ '^pg_' and namespace.nspname not in ('information_schema', 'public')
 order by 1, 2
"""
COLUMNS = """
select format('%s.%s', table_schema, table_name) as name, column_name, udt_name
  from information_schema.columns
  join information_schema.tables using (table_schema, table_name)
 where table_type = 'BASE TABLE' and table_schema !~ '^pg_'
   and table_schema not in ('information_schema', 'public') and table_name !~ '_[0-9]{6}$'
 order by 1, 2
"""
# An amount of the ledger is in its account's own unit, and says so in the column `unit`.
IS_MONEY = re.compile(r"(price|total|fee|paid|refunded|cost|money)(_|$)")


def tables_in_order(root: Path) -> list[Path]:
    """Give each domain's tables.sql, the lowest floor's first, then those of its packages."""
    height = floors(root)

    def place(file: Path) -> tuple[int, int, int]:
        parts = file.relative_to(root / "jishi").parts
        package = PACKAGES.index(parts[1]) if len(parts) > len(("domain", "tables.sql")) else 0
        return height.get(parts[0], 99), len(parts), package

    return sorted((root / "jishi").rglob("tables.sql"), key=place)


def migrations_in_order(root: Path) -> list[Path]:
    """Give the migrations by their numbers."""
    return sorted((root / "jishi" / "migrations").glob("*.sql"))


async def build(connection: Connection, scripts: Iterable[Path]) -> None:
    """Run the scripts in an empty database."""
    for file in scripts:
        await connection.execute(file.read_text("utf-8"))


@cache
def filled(scripts: tuple[Path, ...]) -> frozenset[str]:
    """Give the tables into which these scripts put rows."""
    tree = [node for file in scripts for node in nodes(parsed(file.read_text("utf-8")))]
    return frozenset(full_name(node.relation) for node in tree if isinstance(node, ast.InsertStmt))


async def held(connection: Connection, scripts: Iterable[Path]) -> set[str]:
    """Give all that a database holds: its catalogue, and the rows that its scripts put there."""
    catalogue = {row["line"] for row in await connection.fetch(CATALOGUE)}
    return catalogue | {
        f"row of {table}: {row['line']}"
        for table in filled(tuple(scripts))
        for row in await connection.fetch(
            # Without the moments of their making.
            f"select (to_jsonb(t) - array(select column_name from information_schema.columns"
            f" where udt_name = 'timestamptz'))::text as line from {table} as t"
        )
    }


def differences(tables: set[str], migrations: set[str]) -> Iterator[str]:
    """Name what only one of them holds."""
    yield from (f"only tables.sql: {line}" for line in sorted(tables - migrations))
    yield from (f"only the migrations: {line}" for line in sorted(migrations - tables))


async def unled(connection: Connection) -> AsyncIterator[str]:
    """Every key begins with the book, but for the few tables that are shared."""
    for table, key, first in await connection.fetch(KEYS):
        if table in SHARED or table.startswith(WITHOUT_BOOKS):
            continue
        if first != "book":
            yield f"{table}: its key {key} begins with {first}, not with book"


async def misnamed(connection: Connection) -> AsyncIterator[str]:
    """Names end in their unit: moments in _at or _until, money in _fen; truths are questions."""
    for table, column, kind in await connection.fetch(COLUMNS):
        if kind == "timestamptz" and not re.search(r"(^|_)(at|until)$", column):
            yield f"{table}.{column}: a moment ends in _at or _until"
        if kind == "date" and not column.endswith("_on"):
            yield f"{table}.{column}: a day ends in _on"
        if kind == "bool" and not re.match(r"(is|has|can|may)_", column):
            yield f"{table}.{column}: a truth is a question: is_, has_, can_, may_"
        if kind in {"int4", "int8"} and IS_MONEY.search(column) and not column.endswith("_fen"):
            yield f"{table}.{column}: money ends in _fen"
