"""The libraries that templates are taken from: a small part of WeChat's, for a shop's needs."""

from pathlib import Path

import msgspec
from msgspec import Struct


class LibraryTemplate(Struct, frozen=True):
    """A template of the library; each keyword is `field=name`."""

    short_id: str
    title: str
    industry: str
    keywords: list[str]


class LibraryNotice(Struct, frozen=True):
    """A notice of the library: one-time (2) or long-term (3); each keyword is `kind=name`."""

    tid: str
    title: str
    type: int
    category: int
    keywords: list[str]


class Category(Struct, frozen=True):
    """A category of notices."""

    id: int
    name: str


class Library(Struct, frozen=True):
    """Everything that can be taken."""

    industries: dict[str, tuple[str, str]]
    templates: list[LibraryTemplate]
    categories: list[Category]
    notices: list[LibraryNotice]


_FILE = Path(__file__).parent / "data" / "templates.json"
LIBRARY = msgspec.json.decode(_FILE.read_bytes(), type=Library)
TEMPLATES = {each.short_id: each for each in LIBRARY.templates}
NOTICES = {each.tid: each for each in LIBRARY.notices}
LONG_TERM = 3
EXAMPLES = {
    "thing": "示例内容",
    "character_string": "S2026112200012",
    "amount": "99.00元",
    "time": "2026年11月22日 15:01",
    "date": "2026年11月22日",
    "phrase": "已完成",
    "phone_number": "13800000001",
}


def template_text(keywords: list[str]) -> str:
    """Write a template's content."""
    return "\n".join(_line(*keyword.split("=")) for keyword in keywords)


def notice_keywords(tid: str, chosen: list[int]) -> list[str] | None:
    """Give `field=name` of chosen keywords of a notice; none if one is not there."""
    known = NOTICES[tid].keywords
    if any(not 1 <= kid <= len(known) for kid in chosen):
        return None
    pairs = [(kid, *known[kid - 1].split("=")) for kid in chosen]
    return [f"{kind}{kid}={name}" for kid, kind, name in pairs]


def _line(field: str, name: str) -> str:
    return f"{name}：{{{{{field}.DATA}}}}" if name else f"{{{{{field}.DATA}}}}"
