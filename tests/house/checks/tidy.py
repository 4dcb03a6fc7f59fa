"""What a machine can hold of the house style: sizes, names, words, silenced warnings."""

import ast
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from tests.house.checks.tree import called, files, modules

Check: TypeAlias = Callable[[Path], Iterable[str]]

FILE_LINES_MAX = 300
FUNCTION_LINES_MAX = 50
COLUMNS_MAX = 100
TEST_NAME_WORDS_MIN = 3

# A name that can hold anything will.
HOLDALLS = {"base", "common", "core", "handlers", "helper", "helpers", "lib", "manager", "misc"}
HOLDALLS |= {"service", "services", "shared", "util", "utils"}
HOLDALL_CLASS = re.compile(r"(Handler|Helper|Manager|Mixin|Service|Util|Utils)$")

# Left-over work; written in two halves so that this file may stand in the house it reads.
LEFT_OVER = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
COMMENTED_OUT = re.compile(r"^\s*--\s*(select|insert|update|delete|create|alter|drop)\b.*[;,(]\s*$")
SILENCED = re.compile(
    r"#\s*(?P<what>type:\s*ignore(\[[^\]]*\])?|(ruff:\s*)?noqa(:\s*[A-Z0-9, ]+)?"
    r"|pragma:\s*no cover|fmt:\s*off|mypy:\s*\S+)(?P<why>.*)$"
)


def sizes(root: Path) -> Iterator[str]:
    """Files, functions and lines keep inside their walls (Python's lines are ruff's affair)."""
    for file in files(root, ".py", ".sql", ".html", ".css"):
        name, lines = file.relative_to(root).as_posix(), file.read_text("utf-8").splitlines()
        if len(lines) > FILE_LINES_MAX:
            yield f"{name}: {len(lines)} lines, more than {FILE_LINES_MAX}"
        for number, line in enumerate(lines, start=1):
            if file.suffix != ".py" and width(line) > COLUMNS_MAX:
                yield f"{name}:{number}: {width(line)} columns, more than {COLUMNS_MAX}"
    for name, _, tree in modules(root):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > FUNCTION_LINES_MAX:
                    yield f"{name}:{node.lineno}: {node.name} has {size} lines"


def width(line: str) -> int:
    """Count columns as a screen does: a Chinese letter takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def openings(root: Path) -> Iterator[str]:
    """Every file opens with one sentence that says what it is for."""
    for name, text, tree in modules(root):
        if name.startswith("tests/") and not text:
            continue  # a package of tests has nothing to say
        first = (ast.get_docstring(tree) or "").partition("\n\n")[0].rstrip()
        if not first.endswith((".", "?", "!", ":")):
            yield f"{name}:1: opens without a sentence that says what it is for"
    for file in files(root, ".sql", within=("jishi",)):
        if not file.read_text("utf-8").startswith("-- "):
            yield f"{file.relative_to(root).as_posix()}:1: opens without a comment"


def names(root: Path) -> Iterator[str]:
    """No file, folder or class has a name that can hold anything; a test's name says something."""
    for name, _, tree in modules(root):
        for part in Path(name).with_suffix("").parts:
            if part in HOLDALLS:
                yield f"{name}: {part!r} can hold anything"
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and HOLDALL_CLASS.search(node.name):
                yield f"{name}:{node.lineno}: class {node.name} can hold anything"
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                words = node.name.removeprefix("test_").split("_")
                if len(words) < TEST_NAME_WORDS_MIN:
                    yield f"{name}:{node.lineno}: {node.name} is not a sentence"


def leftovers(root: Path) -> Iterator[str]:
    """No left-over work, no commented-out SQL, no printing but from the command line."""
    endings = (".py", ".sql", ".html", ".css", ".js", ".md")
    for file in files(root, *endings, within=("jishi", "tests", "bench", "docs")):
        name = file.relative_to(root).as_posix()
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
            if match := LEFT_OVER.search(line):
                yield f"{name}:{number}: {match[0]} does not reach main"
            if file.suffix == ".sql" and COMMENTED_OUT.match(line):
                yield f"{name}:{number}: commented-out SQL"
    for name, _, tree in modules(root, within=("jishi",)):
        is_cli = name.startswith("jishi/cli")
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) == "print" and not is_cli:
                yield f"{name}:{node.lineno}: only the command line prints"


def silences(root: Path) -> Iterator[str]:
    """A silenced warning says why."""
    for name, text, _ in modules(root):
        for number, line in enumerate(text.splitlines(), start=1):
            match = SILENCED.search(line)
            if match and not re.search(r"[A-Za-z]{3,}", match["why"]):
                yield f"{name}:{number}: `{match['what']}` without its reason"


def untested_acts(root: Path) -> Iterator[str]:
    """The test of jishi/trade/place_order.py is tests/trade/test_place_order.py."""
    for name, text, _ in modules(root, within=("jishi",)):
        path = Path(name)
        test = Path("tests", *path.parts[1:-1], f"test_{path.name}")
        if re.search(r"^\w+ = Act\(", text, re.MULTILINE) and not (root / test).exists():
            yield f"{name}: the act has no {test.as_posix()}"


CHECKS = (sizes, openings, names, leftovers, silences, untested_acts)
