"""Scheduled work: one process does it at a time, its trouble is noted, its brake holds."""

import asyncio

import asyncpg
import pytest

from jishi.kernel import Market, Tx
from jishi.kernel.schedule import Schedule, brake, braked, release_brakes, work_schedules
from tests.conftest import opened, run_as_owner

NAME = "toy.count"


class Counter:
    """How often the toy's work was done; it may fail."""

    done = 0
    is_broken = False


async def work(_market: Market) -> None:
    """Count, or fail."""
    Counter.done += 1
    if Counter.is_broken:
        raise ValueError("the work is broken")


@pytest.fixture(autouse=True)
def toy() -> None:
    """Schedule the toy's work."""
    Counter.done, Counter.is_broken = 0, False
    if NAME not in Schedule.known:
        Schedule(NAME, 3_600, work)


async def due_now(owner_url: str) -> None:
    """Let the toy's work, and only that, be due."""
    await run_as_owner(
        owner_url,
        "update kernel.schedules set due_at = now() + interval '1 h'",
        f"insert into kernel.schedules (name) values ('{NAME}')"
        " on conflict (name) do update set due_at = now() - interval '1 s', brake = null",
    )


async def trouble(owner_url: str) -> str | None:
    """Read the trouble that was noted last."""
    connection = await asyncpg.connect(owner_url)
    try:
        question = "select trouble from kernel.schedules where name = $1"
        found: str | None = await connection.fetchval(question, NAME)
        return found
    finally:
        await connection.close()


def test_one_process_does_what_is_due_and_once(fresh_database: tuple[str, str]) -> None:
    url, owner_url = fresh_database

    async def scene() -> None:
        async with opened(url) as market, opened(url) as other:
            await due_now(owner_url)
            await asyncio.gather(*(work_schedules(each) for each in (market, other) * 3))
            assert Counter.done == 1

    asyncio.run(scene())


def test_trouble_is_noted_and_the_next_turn_comes(fresh_database: tuple[str, str]) -> None:
    url, owner_url = fresh_database

    async def scene() -> None:
        async with opened(url) as market:
            Counter.is_broken = True
            await due_now(owner_url)
            await work_schedules(market)
            assert await trouble(owner_url) == "ValueError"
            Counter.is_broken = False
            await due_now(owner_url)
            await work_schedules(market)
            assert (Counter.done, await trouble(owner_url)) == (2, None)

    asyncio.run(scene())


def test_a_brake_holds_until_it_is_released(fresh_database: tuple[str, str]) -> None:
    url, owner_url = fresh_database

    async def scene() -> None:
        async with opened(url) as market:
            await due_now(owner_url)
            async with market.database.transaction() as connection:
                await brake(Tx(connection), name=NAME, brake="clock_jumped")
            await work_schedules(market)
            assert Counter.done == 0
            assert [each.brake for each in await market.look(braked)] == ["clock_jumped"]
            async with market.database.transaction() as connection:
                released = await release_brakes(Tx(connection), names=[NAME])
            assert len(released) == 1
            await work_schedules(market)
            assert Counter.done == 1

    asyncio.run(scene())


def test_the_months_ahead_are_opened_by_the_market_itself(
    fresh_database: tuple[str, str],
) -> None:
    url, owner_url = fresh_database

    async def scene() -> None:
        connection = await asyncpg.connect(owner_url)
        months = "select count(*) from pg_inherits where inhparent = 'kernel.events'::regclass"
        last = await connection.fetchval(
            "select max(inhrelid::regclass::text) from pg_inherits"
            " where inhparent = 'kernel.events'::regclass"
            " and inhrelid::regclass::text ~ '[0-9]{6}$'"
        )
        await connection.execute(f"drop table {last}")
        before = await connection.fetchval(months)
        async with opened(url) as market:
            await Schedule.known["kernel.open_months"].work(market)
        assert await connection.fetchval(months) == before + 1
        await connection.close()

    asyncio.run(scene())
