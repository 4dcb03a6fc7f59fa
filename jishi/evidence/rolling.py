"""Rolling over: what happened goes from PostgreSQL to the lake's Parquet files, each row once.

A chunk is one file a table and month. Its files are whole before the mark of how far it went is
moved on, and have the chunk's number: whoever dies between the two writes the same files again.
"""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from jishi.evidence import acts, views
from jishi.gauges.lake import LAID_BY, ROWS_A_GROUP, schema
from jishi.gauges.vocabulary import TABLES
from jishi.kernel import MARKET, Market, Tx, columns
from jishi.kernel.sql import Many

ROWS_MAX = 200_000
"""Rows of a chunk, some hundred megabytes while it is written."""

EVENTS_MAX, BATCHES_MAX = 5_000, 20
"""Events of a book, and batches of what pages saw, that are read at once."""

SETTLING = timedelta(minutes=1)
"""So long a visit may take to be copied after the order that came through it."""

MARK = "rolled.json"
EPOCH = date(1970, 1, 1)
Row = views.EventRow | views.ExposureRow | views.ContactRow


class Rolled(msgspec.Struct, frozen=True):
    """How far the lake is: its last chunk, the last event of each book, the last batch of pages."""

    chunk: int = 0
    books: dict[str, int] = {}
    batch: int = 0
    rolled_at: datetime | None = None


class Chunk(NamedTuple):
    """What is written together, and how far the lake is with it."""

    rows: dict[str, list[Row]]
    rolled: Rolled


class AtWork(Exception):
    """Somebody else is rolling over just now."""


def how_far(folder: Path) -> Rolled:
    """Read how far the lake is."""
    file = folder / MARK
    return msgspec.json.decode(file.read_bytes(), type=Rolled) if file.exists() else Rolled()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let nobody else write the lake meanwhile. Raises AtWork."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AtWork from error
        yield


async def roll_over(market: Market, folder: Path, *, settling: timedelta = SETTLING) -> int:
    """Bring all that happened to the lake; give how many rows came. Nobody else may write it."""
    before, count = datetime.now(UTC) - settling, 0
    remove_unfinished(folder, how_far(folder))
    while (chunk := await _next(market, how_far(folder), before)) is not None:
        write(folder, chunk)
        count += sum(map(len, chunk.rows.values()))
    mark(folder, msgspec.structs.replace(how_far(folder), rolled_at=before))
    return count


async def _next(market: Market, rolled: Rolled, before: datetime) -> Chunk | None:
    """Read what comes next, at most a chunk; none when all is there."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    books, batch = dict(rolled.books), rolled.batch
    for reach in await market.look(views.reach, before=before):
        at = books.get(str(reach.book), 0)
        while at < reach.until and sum(map(len, rows.values())) < ROWS_MAX:
            until = min(at + EVENTS_MAX, reach.until)
            await _read(market, rows, reach, (at, until))
            at = books[str(reach.book)] = until
    copied = await market.look(views.copied, book=MARKET)
    assert copied is not None
    while batch < copied.batch and len(rows["events"]) < ROWS_MAX:
        until = min(batch + BATCHES_MAX, copied.batch)
        found = await market.look(views.seen, after=batch, until=until)
        rows["events"].extend(found)
        batch = until
    if (books, batch) == (rolled.books, rolled.batch):
        return None
    return Chunk(rows, Rolled(rolled.chunk + 1, books, batch, rolled.rolled_at))


async def _read(
    market: Market, rows: dict[str, list[Row]], reach: views.Reach, span: tuple[int, int]
) -> None:
    """Read what the acts recorded in a book, from one event to another."""
    after, until = span
    async with market.database.transaction(book=reach.book) as connection:
        tx = Tx(connection, reach.book)

        async def read(query: Many[views.EventRow], **given: object) -> None:
            rows["events"] += await query(tx, after=after, until=until, **given)

        if reach.kind == "people" or reach.book == MARKET:
            await read(views.of_people, **_lines(acts.OF_PEOPLE, "names", "types"))
        if reach.kind == "people":
            return
        names = ("names", "types", "orders_in", "amounts_in")
        await read(views.of_orders, **_lines(acts.LINES, *names))
        await read(views.of_settling)
        await read(views.of_reconciling)
        rows["contacts"] += await views.contacts(tx, after=after, until=until)
        if reach.book == MARKET:
            rows["exposures"] += await views.exposures(tx, after=after, until=until)


def _lines(lines: Sequence[acts.Line], *names: str) -> dict[str, list[object]]:
    rows = [(each.event.__name__, *each[1:]) for each in lines]
    return columns([each[: len(names)] for each in rows], *names)


def write(folder: Path, chunk: Chunk) -> None:
    """Write a chunk's files, then how far the lake is."""
    for name, rows in chunk.rows.items():
        by_month: dict[str, list[Row]] = {}
        for row in rows:
            by_month.setdefault(month_of(row.day), []).append(row)
        for month, its in by_month.items():
            place = folder / name / f"month={month}"
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_file(place / f"{chunk.rolled.chunk:06}.parquet", as_table(name, its))
    mark(folder, chunk.rolled)


def month_of(day: int) -> str:
    """Give the month of a day counted from 1970."""
    return f"{EPOCH + timedelta(days=day):%Y-%m}"


def as_table(name: str, rows: Sequence[Row]) -> pa.Table:
    """Put rows into the lake's shape; the market's own are never simulated."""
    given = [{**msgspec.structs.asdict(row), "is_simulated": False} for row in rows]
    return pa.Table.from_pylist(given, schema=schema(name)).sort_by(LAID_BY[name])


def write_file(file: Path, table: pa.Table) -> None:
    """Write a file; under its name it is whole."""
    beside = file.with_suffix(".unfinished")
    pq.write_table(table, beside, compression="zstd", row_group_size=ROWS_A_GROUP)
    beside.replace(file)


def mark(folder: Path, rolled: Rolled) -> None:
    """Write how far the lake is, once what it says is on the disk."""
    beside = folder / f"{MARK}.unfinished"
    with beside.open("wb") as out:
        out.write(msgspec.json.encode(rolled))
        out.flush()
        os.fsync(out.fileno())
    beside.replace(folder / MARK)


def remove_unfinished(folder: Path, rolled: Rolled) -> None:
    """Remove the files of a chunk that was not finished: it is written anew."""
    for file in folder.glob("*/month=*/*"):
        if file.suffix != ".parquet" or int(file.stem) > rolled.chunk:
            file.unlink()
