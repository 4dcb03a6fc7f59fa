"""Every text that goes through `_()` is in the English catalogue; every refusal has its words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from tests.house.checks.glossary import reasons
from tests.house.checks.language import MARKS
from tests.house.checks.tree import called, files, modules

IN_TEMPLATE = re.compile(r"""\b(?:n?_|ngettext)\(\s*(?:"([^"]*)"|'([^']*)')""")
WORDS = "jishi/web/words"


def asked(root: Path) -> Iterator[tuple[str, str]]:
    """Give every text that goes through `_()`, with its place."""
    for file in files(root, ".html", ".xml", ".txt", within=("jishi",)):
        name = file.relative_to(root).as_posix()
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
            for one, other in IN_TEMPLATE.findall(line):
                yield f"{name}:{number}", one or other
    for name, _, tree in modules(root, within=("jishi",)):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in MARKS and node.args:
                text = node.args[0]
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield f"{name}:{node.lineno}", text.value


def english(root: Path) -> set[str]:
    """Give the texts that the English catalogue translates."""
    found = set()
    for file in sorted((root / "jishi").rglob("*.po")):
        with file.open("rb") as opened:
            for message in read_po(opened, locale="en"):
                texts = (
                    message.string if isinstance(message.string, tuple | list) else [message.string]
                )
                source = message.id[0] if isinstance(message.id, tuple | list) else message.id
                if source and all(texts) and not message.fuzzy:
                    found.add(source)
    return found


def untranslated(root: Path) -> Iterator[str]:
    """Name what a page would show in Chinese to an English reader."""
    known = english(root)
    for where, text in asked(root):
        if text not in known:
            yield f"{where}: {text[:60]} has no English"


def speechless(root: Path) -> Iterator[str]:
    """Name the reasons to refuse for which the web has no words."""
    trees = [tree for _, _, tree in modules(root, within=(WORDS,))]
    told = {
        node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)
    }
    for where, reason in reasons(root):
        if reason not in told:
            yield f"{where}: {WORDS} has no words for {reason}"
