"""The values of a bill: texts, yuan, counts, China's times. No floats."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from jishi.ports.wechat.pay.wire import CHINA

Value: TypeAlias = str | int | datetime | None

_YUAN = re.compile(r"(-?)(\d{1,12})(?:\.(\d{1,8}))?", re.ASCII)
_COUNT = re.compile(r"(\d{1,12})(?:\.0+)?", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", re.ASCII)


class BadCell(ValueError):
    """The value cannot be read; carries the reason's word."""


def fen(text: str) -> int:
    """Read yuan: `0.01`, `-3`, `0.00000`. Gives fen; a part of a fen is refused, not rounded."""
    found = _YUAN.fullmatch(text.strip())
    if not found:
        raise BadCell("not_an_amount")
    sign, yuan, part = found[1], int(found[2]), (found[3] or "").ljust(2, "0")
    if part[2:].strip("0"):
        raise BadCell("not_whole_fen")
    value = yuan * 100 + int(part[:2])
    return -value if sign else value


def count(text: str) -> int:
    """Read a count: `20`, or `20.0` as it is sometimes written."""
    found = _COUNT.fullmatch(text.strip())
    if not found:
        raise BadCell("not_a_count")
    return int(found[1])


def moment(text: str) -> datetime | None:
    """Read a time of China; none where it is empty."""
    stripped = text.strip()
    if not stripped:
        return None
    if not _TIME.fullmatch(stripped):
        raise BadCell("not_a_time")
    try:
        return datetime.fromisoformat(stripped).replace(tzinfo=CHINA)
    except ValueError as error:
        raise BadCell("not_a_time") from error


def number(text: str) -> str:
    """Read an order's number; `0` says that there is none."""
    stripped = text.strip()
    return "" if stripped == "0" else stripped


def reader_of(name: str, hint: object) -> Callable[[str], Value]:
    """Give what reads a field, by its name and type."""
    if name.endswith("_fen"):
        return fen
    if name.endswith(("_id", "_no")):
        return number
    if name.endswith("_at"):
        return moment
    return count if hint is int else str
