"""No session state: a pooled connection must not remember what its last user wanted."""

import ast as python
import re
from collections.abc import Iterator
from pathlib import Path

from pglast import ast
from pglast.parser import ParseError

from tests.house.checks.statements import function_name, nodes, parsed
from tests.house.checks.tree import called, files, modules, strings

# The supervisor and the migrations own their connections and close them.
OWNERS = ("jishi/kernel/postgres/", "jishi/kernel/migrate.py")
SUSPECT = re.compile(
    r"\b(set|listen|prepare|declare|advisory_lock|set_config|temp)\b|advisory_lock"
)


def session_state(root: Path) -> Iterator[str]:
    """Nothing but transaction-local settings and locks, outside the supervisor and migrations."""
    for file in files(root, ".sql", within=("jishi",)):
        for kept in remembered(file.read_text("utf-8")):
            yield f"{file.relative_to(root).as_posix()}: {kept} outlives its transaction"
    for name, _, tree in modules(root, within=("jishi",)):
        if name.startswith(OWNERS):
            continue
        for line, text in strings(tree):
            for kept in remembered(text):
                yield f"{name}:{line}: {kept} outlives its transaction"
        for node in python.walk(tree):
            if isinstance(node, python.Call) and called(node) == "add_listener":
                yield f"{name}:{node.lineno}: listening outlives its transaction"


def remembered(text: str) -> Iterator[str]:
    """Name what a connection would remember after these statements; other texts have none."""
    if not SUSPECT.search(text.lower()):
        return
    try:
        tree = parsed(text)
    except ParseError:
        return
    for statement in tree:
        match statement:
            case ast.VariableSetStmt(is_local=False) if statement.name not in {"TRANSACTION", None}:
                yield f"set {statement.name}"
            case ast.ListenStmt() | ast.PrepareStmt():
                yield type(statement).__name__.removesuffix("Stmt").lower()
            case _:
                pass
    for node in nodes(tree):
        if isinstance(node, ast.RangeVar) and node.relpersistence == "t":
            yield f"temporary table {node.relname}"
        if isinstance(node, ast.FuncCall) and is_lasting(node):
            yield f"{function_name(node)}()"


def is_lasting(call: ast.FuncCall) -> bool:
    """Tell whether a function takes a lock, or makes a setting, beyond the transaction."""
    name, last = function_name(call), (call.args or (None,))[-1]
    is_local = isinstance(last, ast.A_Const) and getattr(last.val, "boolval", None)
    is_lock = re.fullmatch(r"pg_(try_)?advisory_lock(_shared)?", name) is not None
    return is_lock or (name == "set_config" and not is_local)
