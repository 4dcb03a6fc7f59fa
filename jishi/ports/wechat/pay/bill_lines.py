"""Reading a bill as it comes, line by line.

A bill is UTF-8, with or without its mark: the names of the columns, a line for each thing that
happened, the names of the totals, the totals. Values are led by a back-tick and parted by commas.
Whatever does not fit is refused with its line: a bill is what money is compared with.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from jishi.ports.wechat.pay.bill_cells import BadCell, Value, reader_of
from jishi.ports.wechat.pay.bill_kinds import Layout, Totals

LINE_BYTES_MAX = 64 * 1024
LEAD, SEPARATOR = "`", ",`"

L = TypeVar("L", bound=Struct)
T = TypeVar("T", bound=Totals)
R = TypeVar("R", bound=Struct)


class MalformedBill(ValueError):
    """A line cannot be read; `line` counts from one, `reason` is one word of it.

    `not_utf8`, `line_too_long`, `column_missing`, `column_repeated`, `cells_differ`,
    `not_an_amount`, `not_whole_fen`, `not_a_count`, `not_a_time`, `not_a_line`, `breaks_off`,
    `lines_differ` (from what the totals count), `goes_on` (after the totals).
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line, self.reason = line, reason


class _Column(NamedTuple):
    """Where a field stands, and how it is read."""

    name: str
    place: int
    read: Callable[[str], Value]


class _Columns(NamedTuple):
    """How many there are, and those we use."""

    width: int
    found: list[_Column]


class BillLines(Generic[L, T]):
    """The lines of a bill, given once, as it is read; then its totals.

    Lines are given before the bill is known to be whole: what is done with them must be undone
    when it breaks off.
    """

    def __init__(self, chunks: Iterable[bytes], layout: Layout[L, T]) -> None:
        self.lines, self.layout = _lines(chunks), layout
        self.read: T | None = None

    @property
    def totals(self) -> T:
        """Give the totals, when all lines were read."""
        assert self.read is not None, "the totals stand at the end"
        return self.read

    def __iter__(self) -> Iterator[L]:
        """Give each line. Raises MalformedBill."""
        number, heading = next(self.lines, (1, ""))
        columns = _columns(number, heading, self.layout.line)
        for count, (number, text) in enumerate(self.lines):
            if not text.startswith(LEAD):
                self.read = _totals(number, text, self.lines, count, self.layout)
                break
            yield _record(number, text, columns, self.layout.line)
        else:
            raise MalformedBill(number + 1, "breaks_off")
        for number, _ in self.lines:
            raise MalformedBill(number, "goes_on")


def _totals(
    number: int, heading: str, lines: Iterator[tuple[int, str]], count: int, layout: Layout[L, T]
) -> T:
    if not heading.startswith(layout.counted):
        raise MalformedBill(number, "not_a_line")
    columns = _columns(number, heading, layout.totals)
    number, text = next(lines, (number + 1, ""))
    if not text.startswith(LEAD):
        raise MalformedBill(number, "breaks_off")
    totals = _record(number, text, columns, layout.totals)
    if totals.count != count:
        raise MalformedBill(number, "lines_differ")
    return totals


def _columns(number: int, heading: str, kind: type[Struct]) -> _Columns:
    """See where each field stands; the first of the totals is their count, whatever its name."""
    names = [_name(cell) for cell in heading.split(",")]
    if issubclass(kind, Totals):
        names[0] = "count"
    if len(set(names)) < len(names):
        raise MalformedBill(number, "column_repeated")
    found = []
    for each in fields(kind):
        if each.encode_name in names:
            read = reader_of(each.name, each.type)
            found.append(_Column(each.encode_name, names.index(each.encode_name), read))
        elif each.required:
            raise MalformedBill(number, "column_missing")
    return _Columns(len(names), found)


def _name(cell: str) -> str:
    """Give a column's name without its unit."""
    plain = cell.strip().replace("（", "(").replace("）", ")")
    return plain.removesuffix("(元)")


def _record(number: int, text: str, columns: _Columns, kind: type[R]) -> R:
    cells = text.removeprefix(LEAD).split(SEPARATOR)
    if len(cells) != columns.width:
        raise MalformedBill(number, "cells_differ")
    try:
        values = {each.name: each.read(cells[each.place]) for each in columns.found}
        return msgspec.convert(values, kind)
    except BadCell as bad:
        raise MalformedBill(number, str(bad)) from bad
    except msgspec.ValidationError as error:
        # The only value that may be none where none is allowed.
        raise MalformedBill(number, "not_a_time") from error


def _lines(chunks: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    """Part the bill at its line ends; lines with nothing on them are passed over."""
    for number, line in enumerate(_parted(chunks), start=1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r")
        except UnicodeDecodeError as error:
            raise MalformedBill(number, "not_utf8") from error
        if text.strip():
            yield number, text


def _parted(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest, number = b"", 1
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        number += len(whole)
        if len(rest) > LINE_BYTES_MAX:
            raise MalformedBill(number, "line_too_long")
        yield from whole
    yield rest
