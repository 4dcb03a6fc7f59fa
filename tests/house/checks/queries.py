"""Every query is known to the real schema, and fills its record column by column."""

import importlib
import pkgutil
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

import asyncpg
from pglast import ast

import jishi
from jishi.kernel import Query
from jishi.kernel.sql import is_json
from tests.house.checks.empty import Connection
from tests.house.checks.nullness import nullness
from tests.house.checks.statements import nodes, parsed
from tests.house.checks.tree import files

PYTHON_OF = {
    "bool": bool,
    "int2": int,
    "int4": int,
    "int8": int,
    "float4": float,
    "float8": float,
    "text": str,
    "varchar": str,
    "name": str,
    "uuid": UUID,
    "bytea": bytes,
    "timestamptz": datetime,
    "date": date,
    "interval": timedelta,
}  # fmt: skip - a table reads best in rows
HEADING = re.compile(r"^-- ([a-z_]+)\n", re.MULTILINE)


def all_queries() -> list[Query[Any]]:
    """Import the whole house, so that every query has made itself known."""
    for module in pkgutil.walk_packages(jishi.__path__, "jishi."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    # The tests of the kernel have a toy trade of their own, in whichever process they ran.
    return [query for query in Query.known if ".toy." not in query.name]


def unused(root: Path, known: Iterable[Query[Any]]) -> Iterator[str]:
    """Every statement in a .sql file is somebody's query."""
    used = {query.name for query in known}
    for file in files(root, ".sql", within=("jishi",)):
        path = file.relative_to(root / "jishi")
        for statement in HEADING.findall(file.read_text("utf-8")):
            name = f"{path.parent.name}.{path.stem}.{statement}"
            if file.name != "tables.sql" and name not in used:
                yield f"jishi/{path.as_posix()}: nobody asks {statement}"


async def mismatched(connection: Connection, known: Iterable[Query[Any]]) -> AsyncIterator[str]:
    """Prepare each query; its columns are its record's fields, in name, order and type."""
    for query in known:
        try:
            prepared = await connection.prepare(query.text)
        except asyncpg.PostgresError as error:
            yield f"{query.name}: {error}"
            continue
        columns = [(each.name, each.type.name) for each in prepared.get_attributes() or ()]
        hints = get_type_hints(query.row) if query.row else {}
        if query.row and [name for name, _ in columns] != list(hints):
            yield f"{query.name}: gives {[name for name, _ in columns]}, not {list(hints)}"
        elif query.row:
            may_be_null = await nullness(connection, query.text)
            for (name, kind), hint in zip(columns, hints.values(), strict=True):
                if not fits(kind, bare(hint)):
                    yield f"{query.name}: {name} is {kind}, the record has {hint}"
                if may_be_null.get(name, is_optional(hint)) != is_optional(hint):
                    yield f"{query.name}: {name} may be null: {may_be_null[name]}, not {hint}"


def fits(kind: str, hint: object) -> bool:
    """Tell whether a column of this kind fills a field of this type."""
    if kind in {"json", "jsonb"}:
        return is_json(hint)
    if kind.endswith("[]"):
        return get_origin(hint) is list and get_args(hint) == (PYTHON_OF.get(kind[:-2]),)
    return PYTHON_OF.get(kind) is hint


def is_optional(hint: object) -> bool:
    """Tell whether a field may be none."""
    return get_origin(hint) is UnionType and type(None) in get_args(hint)


def bare(hint: object) -> object:
    """Give a type without its `| None`."""
    kinds = [each for each in get_args(hint) if each is not type(None)]
    return kinds[0] if is_optional(hint) and len(kinds) == 1 else hint


async def bookless(connection: Connection, known: Iterable[Query[Any]]) -> AsyncIterator[str]:
    """An act's statement on a table led by the book names the book: one shard, one security."""
    rows = await connection.fetch(
        "select table_schema, table_name from information_schema.columns where column_name = 'book'"
    )
    led = {(row["table_schema"], row["table_name"]) for row in rows}
    for query in known:
        domain, stem, _ = query.name.split(".")
        if domain == "kernel" or stem == "views" or {"book", "books"} & set(query.names):
            continue
        for node in nodes(parsed(query.text)):
            if isinstance(node, ast.RangeVar) and (node.schemaname, node.relname) in led:
                yield f"{query.name}: reads {node.schemaname}.{node.relname} of every book"
