"""What the checks look at: the files of a house, and the order of its floors."""

import ast
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CODE = ("jishi", "tests", "bench")
# Made by others, or the plain sum of what is checked elsewhere.
EXEMPT = ("/static/vendor/", "/jishi/migrations/", "/locales/", "/data/")


def hold(faults: Iterable[str]) -> None:
    """Fail with every fault on a line of its own."""
    if found := list(faults):
        pytest.fail("\n" + "\n".join(found), pytrace=False)


def files(root: Path, *endings: str, within: tuple[str, ...] = CODE) -> Iterator[Path]:
    """Give the house's own files with one of these endings, in order."""
    for folder in within:
        for file in sorted((root / folder).rglob("*")):
            name = file.relative_to(root).as_posix()
            if file.suffix in endings and not any(part in f"/{name}" for part in EXEMPT):
                yield file


def modules(root: Path, within: tuple[str, ...] = CODE) -> Iterator[tuple[str, str, ast.Module]]:
    """Give each Python file: its path from the root, its text, its tree."""
    for file in files(root, ".py", within=within):
        text = file.read_text(encoding="utf-8")
        yield file.relative_to(root).as_posix(), text, ast.parse(text)


def floors(root: Path) -> dict[str, int]:
    """Give the height of each domain's floor, the kernel's lowest, as pyproject.toml has it."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (layers,) = (each["layers"] for each in contracts if each["type"] == "layers")
    return {
        name.strip(" ()"): height
        for height, row in enumerate(reversed(layers))
        for name in row.split("|")
    }


def called(node: ast.AST) -> str:
    """Give the last name of what a call calls, or nothing."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr
    return ""


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give the line and text of each string, docstrings apart; a hole in a text becomes `x`."""
    inside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in node.values}
            parts = [part.value if isinstance(part, ast.Constant) else "x" for part in node.values]
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and id(node) not in inside:
            if isinstance(node.value, str):
                yield node.lineno, node.value
