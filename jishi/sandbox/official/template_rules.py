"""Templates: the fields they have, and what may be filled in.

Sources: official accounts, "Template message" and "Subscription notice" (table of value limits);
the kind of a field is its name without the number at its end, `thing2` is a `thing`.
"""

import re

from msgspec import Struct

FIELD = re.compile(r"\{\{\s*(\w+)\.DATA\s*\}\}")
LINE = re.compile(
    r"^(?:(?P<name>[^{}\n]*?)[:：]\s*)?\{\{\s*(?P<field>\w+)\.DATA\s*\}\}\s*$", re.MULTILINE
)
KIND = re.compile(r"[0-9]+$")
HAN = r"\u4e00-\u9fff"
_TIME = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
_DATE = r"\d{4}(?:年(?:\d{1,2}月(?:\d{1,2}日)?)?|[-/.]\d{1,2}[-/.]\d{1,2})"
_MOMENT = rf"(?:{_DATE}(?: ?{_TIME})?|{_TIME})"
_DAY = rf"{_DATE}(?: ?{_TIME})?"
MAY_HOLD = {
    "thing": r".{1,20}",
    "number": r"[0-9]{1,32}(?:\.[0-9]+)?",
    "letter": r"[A-Za-z]{1,32}",
    "symbol": rf"[^\w\s{HAN}]{{1,5}}",
    "character_string": r"[!-~]{1,32}",
    "time": rf"{_MOMENT}(?: ?~ ?{_MOMENT})?",
    "date": rf"{_DAY}(?: ?~ ?{_DAY})?",
    "amount": r"[¥￥$€£]?[0-9]{1,10}(?:\.[0-9]+)?元?",
    "phone_number": r"[0-9+\-() ]{1,17}",
    "car_number": rf"[{HAN}A-Z0-9][A-Z0-9]{{1,6}}[{HAN}A-Z0-9]?",
    "name": rf"(?=.*[{HAN}]).{{1,10}}|[^{HAN}]{{1,20}}",
    "phrase": rf"[{HAN}]{{1,5}}",
    "const": r".{1,20}",
}
PATTERNS = {kind: re.compile(text, re.DOTALL) for kind, text in MAY_HOLD.items()}
LETTERS_MAX = 200
"""Fields of the older kind, `keyword1`, hold what they like, within reason."""


class Line(Struct, frozen=True):
    """A line of a template: how it is called, and its field."""

    name: str
    field: str


def lines(content: str) -> list[Line]:
    """Read a template's lines."""
    return [Line((found["name"] or "").strip(), found["field"]) for found in LINE.finditer(content)]


def fields(content: str) -> list[str]:
    """Read a template's fields, each once."""
    return list(dict.fromkeys(FIELD.findall(content)))


def reason_against(content: str, given: dict[str, str]) -> str | None:
    """Name the first field that is empty or holds what it may not, as WeChat does; or none."""
    for field in fields(content):
        value = given.get(field, "")
        if not value.strip():
            if KIND.sub("", field) in {"first", "remark", "Remark"}:
                continue
            return f"argument invalid! data.{field}.value is empty"
        if not may_hold(field, value):
            return f"argument invalid! data.{field}.value invalid"
    return None


def may_hold(field: str, value: str) -> bool:
    """Tell whether a field may hold this."""
    pattern = PATTERNS.get(KIND.sub("", field))
    if pattern is None:
        return len(value) <= LETTERS_MAX
    return pattern.fullmatch(value) is not None
