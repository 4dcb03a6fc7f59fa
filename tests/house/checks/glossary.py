"""Every word of the trade stands in docs/glossary.md: tables, acts, events, reasons to refuse."""

import ast as python
import re
from collections.abc import Iterator
from pathlib import Path

from pglast import ast

from tests.house.checks.statements import full_name, nodes, parsed
from tests.house.checks.tree import called, files, modules


def unexplained(root: Path) -> Iterator[str]:
    """Name what the glossary does not have, between its backticks."""
    text = (root / "docs" / "glossary.md").read_text("utf-8")
    explained = set(re.findall(r"`([^`]+)`", text))
    for where, word in [*tables(root), *acts(root), *reasons(root)]:
        if word not in explained:
            yield f"{where}: docs/glossary.md has no `{word}`"


def stale(root: Path) -> Iterator[str]:
    """Name the tables, acts and reasons of the glossary that are no more."""
    text = (root / "docs" / "glossary.md").read_text("utf-8")
    known = {word for _, word in [*tables(root), *acts(root), *reasons(root)]}
    for word in re.findall(r"`([^`]+)`", text.partition("## Not yet")[0]):
        if word not in known and not (root / "jishi" / word).exists():
            yield f"docs/glossary.md: `{word}` is not in the house"


def tables(root: Path) -> Iterator[tuple[str, str]]:
    """Give every table, with its file."""
    for file in files(root, ".sql", within=("jishi",)):
        if file.name == "tables.sql":
            for node in nodes(parsed(file.read_text("utf-8"))):
                if isinstance(node, ast.CreateStmt) and not node.partbound:
                    yield file.relative_to(root).as_posix(), full_name(node.relation)


def acts(root: Path) -> Iterator[tuple[str, str]]:
    """Give every act, its request and its event, with its file."""
    for name, _, tree in modules(root, within=("jishi",)):
        for node in python.walk(tree):
            if isinstance(node, python.Call) and called(node) == "Act" and len(node.args) > 1:
                yield name, name.removeprefix("jishi/").removesuffix(".py")
                yield name, python.unparse(node.args[0])
                yield name, python.unparse(node.args[1])


def reasons(root: Path) -> Iterator[tuple[str, str]]:
    """Give every reason to refuse, with its line."""
    for name, _, tree in modules(root, within=("jishi",)):
        for node in python.walk(tree):
            if isinstance(node, python.Call) and called(node) == "Refused" and node.args:
                for part in python.walk(node.args[0]):
                    if isinstance(part, python.Constant) and isinstance(part.value, str):
                        yield f"{name}:{node.lineno}", part.value
