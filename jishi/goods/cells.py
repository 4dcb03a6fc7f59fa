"""Cells of a list of goods as people write them: prices, counts, yes and no. No floats."""

import re
import unicodedata

PRICE_FEN_MAX = 100_000_000
# Twelve digits are enough to call a price too high; Python refuses to read thousands of them.
_PRICE = re.compile(r"(\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?:\.(\d{1,2}))?")
_COUNT = re.compile(r"-?\d{1,7}")
COUNT_MAX = 1_000_000
CURRENCY = "¥￥元 \t"


class BadCell(Exception):
    """The cell cannot be read; carries the reason's code."""


def plain(text: str) -> str:
    """Give the cell without surrounding space, its full-width forms made narrow.

    For numbers and codes; in a title a full-width bracket is as its writer meant it.
    """
    return unicodedata.normalize("NFKC", text).strip()


def price_fen(text: str) -> int:
    """Read a price in yuan: `50`, `9.99`, `1,299.00`, `¥12`. Gives fen."""
    found = _PRICE.fullmatch(plain(text).strip(CURRENCY).removeprefix("CNY").strip())
    if not found:
        raise BadCell("price_missing" if not text.strip() else "price_unreadable")
    yuan = int(found[1].replace(",", ""))
    fen = yuan * 100 + int((found[2] or "").ljust(2, "0"))
    if fen > PRICE_FEN_MAX:
        raise BadCell("price_too_high")
    return fen


def count(text: str) -> int | None:
    """Read a count of units; an empty cell is none given."""
    cell = plain(text).removesuffix(".0")
    if not cell:
        return None
    if not _COUNT.fullmatch(cell):
        raise BadCell("quantity_unreadable")
    number = int(cell)
    if number < 0:
        raise BadCell("quantity_negative")
    if number > COUNT_MAX:
        raise BadCell("quantity_too_high")
    return number


def is_yes(text: str, *, otherwise: bool) -> bool:
    """Read yes or no in the usual words; an empty cell is `otherwise`."""
    cell = plain(text).lower()
    if not cell:
        return otherwise
    return cell in {"true", "yes", "y", "1", "是", "上架"}


def shortened(text: str, characters_max: int = 40) -> str:
    """Give what a cell said, short enough to print."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text[:1_000]).split())
    return line if len(line) <= characters_max else line[: characters_max - 1] + "…"


_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_QUOTED = re.compile(r"'+[=+\-@\t\r]")


def quoted(text: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unquoted(text: str) -> str:
    """Give the cell as it was before it was quoted."""
    return text[1:] if _QUOTED.match(text) else text
