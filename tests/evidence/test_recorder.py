"""The recorder: everything once, nobody named who did not agree, nothing dropped in silence."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from jishi import people
from jishi.evidence import Origin, Seen, Sight
from jishi.evidence.recorder import COLUMNS, WAITING_MAX, Recorder
from jishi.gauges.vocabulary import EVENTS
from jishi.kernel import Market, new_id
from tests.conftest import opened
from tests.people.persons import met

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
OF_SESSION = """select person_id, type, object_id, entry, value, props, is_robot, batch
  from evidence.seen where session_id = $1 order by event_id"""


def seen(session_id: int, person_id: int = 0, *, is_robot: bool = False, **sight: Any) -> Seen:
    given = {"type": "page.view", "object_type": "page", **sight}
    return Seen(
        at=NOW, sight=Sight(**given), person_id=person_id, session_id=session_id, entry="menu",
        is_robot=is_robot,
    )  # fmt: skip


@asynccontextmanager
async def recording(url: str) -> AsyncIterator[tuple[Market, Recorder]]:
    async with opened(url) as market:
        recorder = Recorder()
        recorder.open(market)
        try:
            yield market, recorder
        finally:
            await recorder.close()


async def rows(market: Market, session_id: int) -> list[tuple[Any, ...]]:
    async with market.database.connection() as connection:
        return [tuple(each) for each in await connection.fetch(OF_SESSION, session_id)]


def test_its_columns_are_the_vocabularys() -> None:
    of_lake = [column.name for column in EVENTS]
    renamed = ["shop_id" if name == "book" else name for name in COLUMNS]
    left_out = {"day", "is_simulated"}
    assert {*renamed, *left_out} == {*of_lake, "is_robot", "batch"}


def test_what_is_noted_is_copied_once_in_numbered_batches(database_url: str) -> None:
    async def scene() -> list[tuple[Any, ...]]:
        session = new_id()
        async with recording(database_url) as (market, recorder):
            recorder.note(seen(session, 7, type="product.view", object_type="product", object_id=3))
            await recorder.flush()
            recorder.note(seen(session, is_robot=True, page="home"))
            recorder.note(seen(session, type="page.perf", value=0.25, page="home"))
            await recorder.flush()
            await recorder.flush()
            return await rows(market, session)

    one, two, three = asyncio.run(scene())
    assert one[:7] == (7, "product.view", 3, "menu", 0.0, "", False)
    assert two[:7] == (0, "page.view", 0, "menu", 0.0, '{"page":"home"}', True)
    assert three[:7] == (0, "page.perf", 0, "menu", 0.25, '{"page":"home"}', False)
    assert (two[7], three[7]) == (one[7] + 1, one[7] + 1)


def test_closing_copies_what_is_left(database_url: str) -> None:
    async def scene() -> int:
        session = new_id()
        async with recording(database_url) as (_, recorder):
            recorder.note(seen(session))
        async with opened(database_url) as market:
            return len(await rows(market, session))

    assert asyncio.run(scene()) == 1


def test_an_answer_that_is_lost_copies_nothing_twice(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene() -> int:
        session = new_id()
        async with recording(database_url) as (market, recorder):
            write = recorder._write

            async def lose(waiting: Any) -> None:
                await write(waiting)
                raise TimeoutError

            monkeypatch.setattr(recorder, "_write", lose)
            recorder.note(seen(session))
            with pytest.raises(TimeoutError):
                await recorder.flush()
            assert len(recorder.under_way) == 1
            monkeypatch.setattr(recorder, "_write", write)
            await recorder.flush()
            assert len(recorder.under_way) == 0
            return len(await rows(market, session))

    assert asyncio.run(scene()) == 1


def test_who_did_not_agree_is_nobody(database_url: str) -> None:
    guest = new_id()

    async def scene() -> tuple[list[int], list[tuple[Any, ...]], list[int]]:
        session, (silent, willing, former) = new_id(), [new_id() for _ in range(3)]
        async with recording(database_url) as (market, recorder):
            for person in (silent, willing, former):
                await market.ask(met(person))
            for person in (willing, former):
                await market.ask(consent(person))
            await market.ask(
                people.WithdrawConsent(
                    key=uuid4(), book=people.book_of(former), actor_id=former, purpose="privacy"
                )
            )
            for person in (guest, silent, willing, former):
                recorder.note(seen(session, person))
                recorder.note_origin(
                    Origin(book=2, order_id=person, person_id=person, session_id=session, entry="")
                )
            await recorder.flush()
            async with market.database.connection() as connection:
                visits = await connection.fetch(
                    "select session_id from evidence.origins where order_id = any($1)"
                    " order by array_position($1, order_id)",
                    [guest, silent, willing, former],
                )
            return (
                [guest, 0, willing, 0],
                await rows(market, session),
                [int(each["session_id"] == session) for each in visits],
            )

    expected, found, visits = asyncio.run(scene())
    assert [each[0] for each in found] == expected
    assert visits == [1, 0, 1, 0]


def consent(person: int) -> people.GiveConsent:
    return people.GiveConsent(
        key=uuid4(), book=people.book_of(person), actor_id=person, purpose="privacy",
        version="0123456789abcdef", place="privacy_page",
    )  # fmt: skip


def test_what_has_no_room_is_counted_and_said(database_url: str) -> None:
    async def scene() -> tuple[int, int]:
        async with opened(database_url) as market:
            recorder = Recorder()
            recorder.market = market
            for _ in range(WAITING_MAX + 3):
                recorder.note(seen(1))
            count = "select dropped_count from evidence.copying"
            async with market.database.connection() as connection:
                before = await connection.fetchval(count)
                recorder.waiting.seen = []
                await recorder.flush()
                return before, await connection.fetchval(count)

    with capture_logs() as logs:
        before, after = asyncio.run(scene())
    assert after - before == 3
    assert [each["rows"] for each in logs if each["event"] == "what was seen was dropped"] == [3]


def test_a_closed_recorder_is_deaf() -> None:
    recorder = Recorder()
    recorder.note(seen(1))
    assert len(recorder.waiting) == 0
