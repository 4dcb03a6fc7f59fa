"""Money is integer fen: no float comes near it, in Python or in a table."""

import ast as python
from collections.abc import Iterator
from pathlib import Path

from pglast import ast

from tests.house.checks.statements import full_name, nodes, parsed
from tests.house.checks.tree import called, files, modules

INEXACT = {"float4", "float8", "numeric", "money"}


def floats_in_python(root: Path) -> Iterator[str]:
    """A module that names `..._fen` has no float literal, no float(), no true division."""
    for name, _, tree in modules(root, within=("jishi",)):
        if not any(is_money(node) for node in python.walk(tree)):
            continue
        for node in python.walk(tree):
            if isinstance(node, python.Constant) and isinstance(node.value, float):
                yield f"{name}:{node.lineno}: the float {node.value} stands near money"
            if isinstance(node, python.Call) and called(node) in {"float", "round"}:
                yield f"{name}:{node.lineno}: {called(node)}() stands near money"
            if isinstance(node, python.BinOp | python.AugAssign) and is_true_division(node):
                yield f"{name}:{node.lineno}: a true division stands near money; use //"


def is_money(node: python.AST) -> bool:
    """Tell whether this names an amount of money."""
    match node:
        case python.Name(id=name) | python.Attribute(attr=name) | python.arg(arg=name):
            return name.endswith("_fen")
        case python.keyword(arg=str(name)):
            return name.endswith("_fen")
        case _:
            return False


def is_true_division(node: python.BinOp | python.AugAssign) -> bool:
    """Tell a division from the joining of a path, which has a text on its right."""
    right = node.right if isinstance(node, python.BinOp) else node.value
    is_text = isinstance(right, python.Constant) and isinstance(right.value, str)
    return isinstance(node.op, python.Div) and not is_text


def inexact_columns(root: Path) -> Iterator[str]:
    """What is in fen is a bigint; nothing in the ledger is inexact."""
    for file in files(root, ".sql", within=("jishi",)):
        if file.name == "tables.sql":
            name = file.relative_to(root).as_posix()
            for node in nodes(parsed(file.read_text("utf-8"))):
                if isinstance(node, ast.CreateStmt):
                    for column, kind in columns(node):
                        table = full_name(node.relation)
                        is_inexact = kind in INEXACT and table.startswith("ledger.")
                        if is_inexact or (column.endswith("_fen") and kind != "int8"):
                            yield f"{name}: {table}.{column} is {kind}"


def columns(table: ast.CreateStmt) -> Iterator[tuple[str, str]]:
    """Give a table's columns and the names of their types."""
    for column in table.tableElts or ():
        if isinstance(column, ast.ColumnDef) and column.typeName:
            yield str(column.colname), str((column.typeName.names or ())[-1].sval)
