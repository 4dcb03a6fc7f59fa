"""Rows of a CSV file: its encoding recognised, each record with the line it begins on.

The standard library's reader ends at the first bad record; a list with one bad line must still be
read to its end. So each record has a reader of its own, and a bad one ends with its first line.
"""

import csv
from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

from jishi.goods.cells import shortened

CELL_CHARACTERS_MAX = 1_000_000
FILE_BYTES_MAX = 100 * 1024 * 1024
RECORD_LINES_MAX = 20_000
BEYOND_LATIN = "\u0800"


class Row(NamedTuple):
    """A record: a line from 1, its cells as far as they can be read, and why it is rejected."""

    line: int
    cells: list[str]
    reason: str = ""
    said: str = ""


class Text(NamedTuple):
    """A file's text, line by line, and which lines are in another encoding than the rest."""

    lines: list[str]
    encoding: str
    mixed: frozenset[int]


def decode(data: bytes) -> Text:
    """Recognise UTF-8, with or without BOM, or GB18030; a file is of the one that more lines are.

    Chinese in UTF-8 often reads as GB18030 too, as other Chinese; the other way round hardly ever.
    So a line that is Chinese in UTF-8 is taken for that, whatever else it might be.
    """
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return Text(_lines(data.decode()), "utf-8", frozenset())
    except UnicodeDecodeError:
        raw = list(enumerate(data.split(b"\n"), start=1))
    utf8 = {number for number, line in raw if max(_read(line, "utf-8"), default="") >= BEYOND_LATIN}
    others = {number for number, line in raw if line and not _read(line, "utf-8")}
    if len(utf8) >= len(others):
        return Text(_lines(data.decode(errors="replace")), "utf-8", frozenset(others))
    mixed = utf8 | {number for number in others if not _read(raw[number - 1][1], "gb18030")}
    return Text(_lines(data.decode("gb18030", "replace")), "gb18030", frozenset(mixed))


def rows(text: Text, progress: Callable[[int], None]) -> Iterator[Row]:
    """Give each record, or why it is rejected; `progress` is told how many lines were read."""
    csv.field_size_limit(FILE_BYTES_MAX)
    at = 0
    while at < len(text.lines):
        line = at + 1
        cells, taken, reason = _record(text.lines, at)
        at += taken
        progress(at)
        mixed = text.mixed.intersection(range(line, at + 1)) if text.mixed else ()
        for number in sorted(mixed):
            yield Row(number, cells, "encoding_mixed", shortened(text.lines[number - 1]))
        longest = max(cells, key=len, default="")
        if mixed:
            continue
        if reason:
            yield Row(line, cells, reason, shortened(text.lines[line - 1]))
        elif len(longest) > CELL_CHARACTERS_MAX:
            said = f"{len(longest):,} characters: {shortened(longest, 20)}"
            yield Row(line, cells, "cell_too_large", said)
        elif any(cell.strip() for cell in cells):
            yield Row(line, cells)


def _record(lines: list[str], at: int) -> tuple[list[str], int, str]:
    """Read a record: its cells, how many lines it takes, and why it cannot be read, if so."""
    end = min(len(lines), at + RECORD_LINES_MAX)
    # Only a quoted cell that is still open reads on, to the empty line after the last one.
    reader = csv.reader(chain((lines[number] for number in range(at, end)), ("",)), strict=True)
    try:
        return next(reader), reader.line_num, ""
    except csv.Error:
        is_open = at + reader.line_num > end
    cells = [cell.strip('"') for cell in lines[at].split(",")]
    return cells, 1, "quote_never_closed" if is_open else "quotes_misplaced"


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.split("\n")]


def _read(line: bytes, encoding: str) -> str:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return ""
