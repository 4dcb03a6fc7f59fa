"""Starting a measuring: one at a time, until it ends or was silent for too long."""

import asyncio
from datetime import UTC, datetime, timedelta

from jishi import objections
from jishi.kernel import MARKET, Refused
from jishi.objections import rules
from jishi.objections.start_measuring import World, decide
from jishi.objections.views import last_measuring
from tests.conftest import opened
from tests.objections.scene import give_up, start
from tests.objections.test_record_verdicts import clear
from tests.web.reader import change

TABLE, TRIGGER = "objections.measurings", "what_was_asked_is_not_changed"
AGE = (
    f"alter table {TABLE} disable trigger {TRIGGER}",
    f"update {TABLE} set asked_at = asked_at - interval '11 minutes'",
    f"alter table {TABLE} enable trigger {TRIGGER}",
)


def test_one_is_started_at_a_time() -> None:
    world = World(is_under_way=False)
    assert isinstance(decide(world, start()), objections.MeasuringStarted)
    assert decide(world, start()) == Refused("measuring_under_way")
    assert decide(World(is_under_way=False), start(book=2)) == Refused("wrong_book")


def test_a_measuring_under_way_is_shown_and_stays_alone(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            assert isinstance(await market.ask(start()), objections.MeasuringStarted)
            assert await market.ask(start()) == Refused("measuring_under_way")
            found = await market.look(last_measuring, book=MARKET)
            assert found is not None
            assert found.ended_at is None
            await market.ask(give_up(found.measuring))
            assert isinstance(await market.ask(start()), objections.MeasuringStarted)

    clear(owner_url)
    asyncio.run(scene())
    clear(owner_url)


def test_one_that_says_nothing_any_more_holds_nobody_up(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            await market.ask(start())
        await change(owner_url, *((each, []) for each in AGE))
        async with opened(database_url) as market:
            assert isinstance(await market.ask(start()), objections.MeasuringStarted)

    clear(owner_url)
    asyncio.run(scene())
    clear(owner_url)


def test_the_minutes_of_a_measuring_are_counted() -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    most = timedelta(minutes=rules.MEASURING_MINUTES_MAX)
    assert rules.is_under_way(now - most + timedelta(seconds=1), now)
    assert not rules.is_under_way(now - most, now)
