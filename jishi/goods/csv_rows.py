"""Rows of a CSV file: its encoding recognised, each record with the line it begins on.

The standard library's reader ends at the first bad record and counts no lines of a record with
newlines in its cells; a list with one bad line must still be read to its end.
"""

import csv
from collections.abc import Callable, Iterator
from typing import NamedTuple

from jishi.goods.cells import shortened
from jishi.goods.lists import Rejection

CELL_CHARACTERS_MAX = 1_000_000
FILE_BYTES_MAX = 200 * 1024 * 1024
RECORD_LINES_MAX = 20_000


class Row(NamedTuple):
    """A record: the line it begins on (from 1), and its cells."""

    line: int
    cells: list[str]


class Text(NamedTuple):
    """A file's text, line by line, and lines that are in another encoding than the rest."""

    lines: list[str]
    encoding: str
    rejections: list[Rejection]


def decode(data: bytes) -> Text:
    """Recognise UTF-8, with or without BOM, or GB18030; report the lines that are neither.

    A file is of the encoding that reads it whole. When neither does, it is of the one that reads
    more of its lines, and each other line is reported.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    for encoding in ("utf-8", "gb18030"):
        try:
            return Text(_lines(data.decode(encoding)), encoding, [])
        except UnicodeDecodeError:
            continue
    raw = data.split(b"\n")
    utf8, gb18030 = (sum(_reads(line, e) for line in raw) for e in ("utf-8", "gb18030"))
    encoding = "utf-8" if utf8 >= gb18030 else "gb18030"
    bad = [
        Rejection(number, "", "", "encoding_mixed", shortened(line.decode("utf-8", "replace")))
        for number, line in enumerate(raw, start=1)
        if not _reads(line, encoding)
    ]
    return Text(_lines(data.decode(encoding, "replace")), encoding, bad)


def rows(
    text: Text, progress: Callable[[int], None], reject: Callable[[Rejection], None]
) -> Iterator[Row]:
    """Give each record; one that cannot be read is rejected and the next one begins after it.

    `progress` is told how many lines were read.
    """
    bad_lines = {each.line for each in text.rejections}
    at = 0
    while at < len(text.lines):
        end = _end_of_record(text.lines, at)
        record = "".join(text.lines[at : end or at + 1])
        line, at = at + 1, end or at + 1
        progress(at)
        if not record.strip() or bad_lines.intersection(range(line, at + 1)):
            continue
        if not end:
            reject(Rejection(line, "", "", "quote_never_closed", shortened(record)))
            continue
        csv.field_size_limit(max(len(record) + 1, CELL_CHARACTERS_MAX))
        try:
            cells = next(csv.reader([record], strict=False))
        except (csv.Error, StopIteration):
            reject(Rejection(line, "", "", "record_unreadable", shortened(record)))
            continue
        longest = max(cells, key=len)
        if len(longest) > CELL_CHARACTERS_MAX:
            said = f"{len(longest):,} characters: {shortened(longest, 20)}"
            reject(Rejection(line, shortened(cells[0]), "", "cell_too_large", said))
            continue
        yield Row(line, cells)


def _end_of_record(lines: list[str], start: int) -> int:
    """Give where the next record begins, or 0 when a quoted cell is never closed."""
    quotes = 0
    for at in range(start, min(len(lines), start + RECORD_LINES_MAX)):
        quotes += lines[at].count('"')
        if quotes % 2 == 0:
            return at + 1
    return 0


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def _reads(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
