"""Every word that a reader sees goes through `_()`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.checks.tree import called, files, modules

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
MARKS = {"_", "n_", "ngettext"}
MARKED = re.compile(r"""\b(?:n?_|ngettext)\(\s*("[^"]*"|'[^']*')(?:\s*,\s*("[^"]*"|'[^']*'))?""")
COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
UNSEEN = re.compile(r"<(script|style|svg)\b.*?</\1>|<!doctype[^>]*>", re.DOTALL | re.IGNORECASE)
SEEN = re.compile(r"""\b(?:alt|title|placeholder|aria-label|content)=("[^"]*"|'[^']*')""")
TAG = re.compile(r"<[^>]*>")
ENTITY = re.compile(r"&[a-z]+;|&#\d+;")
LETTERS = re.compile(r"[A-Za-z]{2,}")
# The same in every language.
NAMES = {"Jishi", "WeChat", "SKU", "GitHub", "Apache", "zh", "CN", "en"}
# What has both languages side by side: the words of refusals, the eight objections, the goods
# of the sample, the synonyms.
BILINGUAL = (
    "jishi/web/words/", "jishi/objections/", "jishi/sample/", "jishi/discovery/synonyms.txt",
)  # fmt: skip


def untranslated_templates(root: Path) -> Iterator[str]:
    """A template shows no Chinese, and no English, but through `_()`."""
    for file in files(root, ".html", ".xml", ".txt", within=("jishi",)):
        name, text = file.relative_to(root).as_posix(), file.read_text("utf-8")
        if name.startswith(BILINGUAL):
            continue
        text = COMMENT.sub(blank, text)
        for number, line in enumerate(MARKED.sub(blank, text).splitlines(), start=1):
            if HAN.search(line):
                yield f"{name}:{number}: {line.strip()[:60]} does not go through _()"
        if file.suffix == ".html":
            for number, line in enumerate(bare(text).splitlines(), start=1):
                if words := set(LETTERS.findall(line)) - NAMES:
                    yield f"{name}:{number}: {sorted(words)} does not go through _()"


def bare(text: str) -> str:
    """Give only the letters that a template itself would show."""
    text = UNSEEN.sub(blank, EXPRESSION.sub(blank, text))
    shown = TAG.sub(lambda tag: kept(tag[0]), text)
    return ENTITY.sub(blank, shown)


def kept(tag: str) -> str:
    """Give a tag's line breaks, and the texts of its attributes that are read out or shown."""
    is_meta = tag.startswith("<meta") and "description" not in tag
    return blank_text(tag) + ("" if is_meta else " ".join(SEEN.findall(tag)))


def blank(match: re.Match[str]) -> str:
    """Take a part out and leave its line breaks."""
    return blank_text(match[0])


def blank_text(text: str) -> str:
    """Give as many line breaks as a text has."""
    return "\n" * text.count("\n")


def untranslated_code(root: Path) -> Iterator[str]:
    """A page's Python has no Chinese text but through `_()`."""
    for name, _, tree in modules(root, within=("jishi",)):
        if name.startswith(BILINGUAL) or not name.startswith(("jishi/web/", "jishi/pages/")):
            continue
        marked = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and called(node) in MARKS
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                is_prose = id(node) in prose(tree)
                if HAN.search(node.value) and id(node) not in marked and not is_prose:
                    yield f"{name}:{node.lineno}: {node.value[:40]} does not go through _()"


def prose(tree: ast.AST) -> set[int]:
    """Give the texts that stand as statements: docstrings."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
