"""SQL as the database's own parser sees it."""

import re
from collections.abc import Iterator

from pglast import ast, parse_sql

PLACEHOLDER = re.compile(r"(?<![:\w']):([a-z_][a-z0-9_]*)")


def parsed(text: str) -> list[ast.Node]:
    """Parse the statements of a .sql file, its `:names` taken for positions."""
    return [raw.stmt for raw in parse_sql(PLACEHOLDER.sub("$1", text)) if raw.stmt]


def nodes(tree: object) -> Iterator[ast.Node]:
    """Walk a statement, or several, from the top down."""
    if isinstance(tree, ast.Node):
        yield tree
        for field in tree:
            yield from nodes(getattr(tree, field))
    elif isinstance(tree, list | tuple):
        for each in tree:
            yield from nodes(each)


def full_name(table: ast.RangeVar | None) -> str:
    """Give schema.name."""
    assert table is not None
    return f"{table.schemaname}.{table.relname}"


def function_name(call: ast.FuncCall) -> str:
    """Give the name of a called function, with its schema if the statement has it."""
    return ".".join(str(part.sval) for part in call.funcname or ())
