"""Rolling over: every row once, in the lake's shape, whoever dies in between."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pyarrow.parquet as pq
import pytest

from jishi import evidence, people, telling, trade
from jishi.evidence import Origin, acts, nightly, rolling
from jishi.evidence.months import drop_months
from jishi.evidence.recorder import Recorder
from jishi.gauges import lake, vocabulary
from jishi.kernel import Market, Told, new_id
from tests.conftest import opened
from tests.evidence.test_recorder import seen
from tests.money.refunding import ask, end, paid
from tests.people.persons import met
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import BUYER, place

NOW = timedelta(0)


@asynccontextmanager
async def scene(database_url: str, owner_url: str) -> AsyncIterator[tuple[Market, Recorder, int]]:
    """Lend a market, a recorder and a shop of five SKUs."""
    book = new_id() >> 20
    await seed_shops(owner_url, book)
    async with opened(database_url) as market:
        recorder = Recorder()
        recorder.open(market)
        try:
            yield market, recorder, book
        finally:
            await recorder.close()


def events(folder: Path, *columns: str) -> list[tuple[Any, ...]]:
    """Read the lake's events of shops whose tests these are, in their order."""
    table = lake.at_folder(folder).events
    found = table.order_by(["at", "event_id"]).select(*columns).to_pyarrow().to_pylist()
    return [tuple(row.values()) for row in found]


async def roll(market: Market, folder: Path) -> int:
    """Roll over all that is there."""
    return await rolling.roll_over(market, folder, settling=NOW)


def of(book: int, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [row[1:] for row in rows if row[0] == book]


def test_an_orders_acts_become_rows_with_their_visit(
    database_url: str, owner_url: str, tmp_path: Path
) -> None:
    async def happen() -> tuple[int, int]:
        async with scene(database_url, owner_url) as (market, recorder, book):
            attempt = await paid(market, book)
            order_id = attempt.order_id
            recorder.note_origin(
                Origin(
                    book=book, order_id=order_id, person_id=BUYER, session_id=77,
                    entry="share_friend",
                )
            )  # fmt: skip
            await recorder.flush()
            back = ask(book, order_id, 500)
            await market.ask(back)
            await market.ask(end(book, back.refund_id, "succeeded"))
            note = telling.NoteTold(
                key=uuid4(), book=book, actor_id=0, order_id=order_id, title=telling.rules.PAID
            )
            await market.ask(note)
            assert await roll(market, tmp_path) >= 5
            return book, order_id

    book, order_id = asyncio.run(happen())
    rows = of(book, events(
        tmp_path, "shop_id", "type", "object_id", "person_id", "amount_fen", "session_id", "entry"
    ))  # fmt: skip
    total = 3 * price_of(1)
    assert rows == [
        ("order.place", order_id, BUYER, total, 77, "share_friend"),
        ("pay.start", order_id, BUYER, total, 0, ""),
        ("order.pay", order_id, BUYER, total, 77, "share_friend"),
        ("order.refund", order_id, BUYER, 500, 0, ""),
    ]
    [contact] = lake.at_folder(tmp_path).contacts.to_pyarrow().to_pylist()
    assert (contact["person_id"], contact["kind"], contact["cost"]) == (BUYER, "transactional", 0)


def test_what_was_refused_or_failed_becomes_nothing(
    database_url: str, owner_url: str, tmp_path: Path
) -> None:
    async def happen() -> int:
        async with scene(database_url, owner_url) as (market, _, book):
            asked = place(book, (sku_of(book, 1), 1, price_of(1)))
            await market.ask(asked)
            cancel = trade.CancelOrder(
                key=uuid4(), book=book, actor_id=BUYER, order_id=asked.order_id
            )
            await market.ask(cancel)
            attempt = await paid(market, book)
            back = ask(book, attempt.order_id, 500)
            await market.ask(back)
            await market.ask(end(book, back.refund_id, "closed"))
            await roll(market, tmp_path)
            return book

    book = asyncio.run(happen())
    types = [row[0] for row in of(book, events(tmp_path, "shop_id", "type"))]
    assert types == ["order.place", "order.place", "pay.start", "order.pay"]


def test_every_row_comes_once_whoever_dies_in_between(
    database_url: str, owner_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    async def happen() -> tuple[int, int, int]:
        session = new_id()
        async with scene(database_url, owner_url) as (market, recorder, book):
            await paid(market, book)
            recorder.note(seen(session))
            await recorder.flush()
            with monkeypatch.context() as dying:
                dying.setattr(rolling, "mark", die)
                with pytest.raises(KeyboardInterrupt):
                    await roll(market, tmp_path)
            recorder.note(seen(session))
            await recorder.flush()
            await roll(market, tmp_path)
            again = await roll(market, tmp_path)
            recorder.note(seen(session))
            await recorder.flush()
            return session, again, await roll(market, tmp_path)

    session, again, last = asyncio.run(happen())
    assert (again, last) == (0, 1)
    rows = events(tmp_path, "event_id", "session_id")
    assert len(rows) == len({row[0] for row in rows})
    assert sum(row[1] == session for row in rows) == 3


def test_files_have_exactly_the_lakes_shape(
    database_url: str, owner_url: str, tmp_path: Path
) -> None:
    async def happen() -> int:
        person = new_id()
        async with scene(database_url, owner_url) as (market, recorder, book):
            await paid(market, book)
            await market.ask(met(person))
            told = Told(1, 1, datetime.now(UTC), people.PersonMet(subject_id=person))
            [[request]] = await evidence.holdout.hold_out([told])
            await market.ask(request)
            recorder.note(seen(new_id(), is_robot=True))
            recorder.note(seen(new_id(), type="page.perf", value=0.5))
            await recorder.flush()
            await roll(market, tmp_path)
            return person

    person = asyncio.run(happen())
    for name in vocabulary.TABLES:
        files = sorted(tmp_path.glob(f"{name}/month=*/*.parquet"))
        assert files or name == "contacts"
        for file in files:
            table = pq.read_table(file, partitioning=None)
            assert table.schema.equals(lake.schema(name))
            assert all(column.null_count == 0 for column in table.columns)
            months = {rolling.month_of(day) for day in table["day"].to_pylist()}
            assert months == {file.parent.name.removeprefix("month=")}
            like = table[lake.LAID_BY[name]].to_pylist()
            assert like == sorted(like)
    opened_lake = lake.at_folder(tmp_path)
    assert list(opened_lake.events.columns) == [column.name for column in vocabulary.EVENTS]
    exposures = opened_lake.exposures.to_pyarrow().to_pylist()
    assert [each["arm"] for each in exposures if each["unit_id"] == person] == [
        evidence.holdout.arm_for(person)
    ]
    known = {kind.type for kind in vocabulary.TYPES}
    assert {row[0] for row in events(tmp_path, "type")} <= known


def test_robots_stay_out_of_the_lake(database_url: str, owner_url: str, tmp_path: Path) -> None:
    async def happen() -> int:
        session = new_id()
        async with scene(database_url, owner_url) as (market, recorder, _):
            recorder.note(seen(session, is_robot=True))
            recorder.note(seen(session))
            await recorder.flush()
            await roll(market, tmp_path)
            return session

    session = asyncio.run(happen())
    assert sum(row[0] == session for row in events(tmp_path, "session_id")) == 1


def test_two_do_not_roll_over_at_once(tmp_path: Path) -> None:
    with rolling.alone(tmp_path), pytest.raises(rolling.AtWork), rolling.alone(tmp_path):
        pass


def test_a_day_is_shanghais(database_url: str, owner_url: str, tmp_path: Path) -> None:
    async def happen() -> int:
        async with scene(database_url, owner_url) as (market, _, book):
            await paid(market, book)
            await roll(market, tmp_path)
            return book

    book = asyncio.run(happen())
    for at, day in of(book, events(tmp_path, "shop_id", "at", "day")):
        there = (at.astimezone(UTC) + timedelta(hours=8)).date()
        assert day == (there - date(1970, 1, 1)).days


def test_only_old_months_that_are_in_the_lake_are_dropped(
    database_url: str, owner_url: str
) -> None:
    async def happen() -> list[int]:
        owner = await asyncpg.connect(owner_url)
        await owner.execute(
            "create table evidence.seen_202001 partition of evidence.seen"
            " for values from ('2020-01-01 00:00+00') to ('2020-02-01 00:00+00');"
            "insert into evidence.seen values (1, 1, '2020-01-05', 0, 0, 0, 'page.view', 'page', 0,"
            " 0, 0, 0, '', '', 0, 0, 0, '', false, 7)"
        )
        today = datetime.now(UTC).date()
        try:
            async with opened(database_url) as market:
                return [
                    await drop_months(market, date(2020, 1, 15), 7),
                    await drop_months(market, today, 6),
                    await drop_months(market, today, 7),
                    await drop_months(market, today + timedelta(days=400), 7),
                ]
        finally:
            await owner.close()

    assert asyncio.run(happen()) == [0, 0, 1, 0]


@pytest.mark.parametrize(
    ("hours", "at", "is_due"),
    [(10, 19, False), (21, 19, True), (21, 12, False), (37, 12, True), (0, 19, False)],
)
def test_it_is_time_at_night_or_when_a_night_was_missed(
    hours: int, at: int, *, is_due: bool
) -> None:
    now = datetime(2026, 11, 23, at, tzinfo=UTC)
    assert nightly.is_due(now, now - timedelta(hours=hours)) is is_due


@pytest.mark.parametrize("line", [*acts.LINES, *acts.OF_PEOPLE], ids=lambda line: line[0].__name__)
def test_every_line_names_what_its_event_has(line: acts.Line) -> None:
    fields = {"", *line.event.__struct_fields__}
    assert line.order_in in fields
    assert line.amount_in in fields
    assert line.type in {kind.type for kind in vocabulary.TYPES}
