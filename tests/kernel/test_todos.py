"""Todos: they end with an event or a final refusal, and with nothing else."""

import asyncio
from collections.abc import Iterator

import asyncpg
import msgspec
import pytest

from jishi.kernel import Reaction, limits
from tests.conftest import opened, run_as_owner
from tests.kernel.pots import Urls, count, pots
from tests.kernel.toy import CoinsTaken, Outside, take


class TodoRow(msgspec.Struct):
    """A todo as it stands."""

    tries: int
    trouble: str | None
    is_dead: bool


@pytest.fixture(autouse=True)
def outside(owner_url: str) -> Iterator[None]:
    """Let the outside work, and no todo of another test be due."""

    async def clear() -> None:
        if await _has_todos(owner_url):
            await run_as_owner(owner_url, "delete from kernel.todos")

    asyncio.run(clear())
    Outside.calls, Outside.is_down = 0, False
    yield
    Outside.is_down = False


async def _has_todos(url: str) -> bool:
    connection = await asyncpg.connect(url)
    try:
        return bool(await connection.fetchval("select exists (select from kernel.todos)"))
    finally:
        await connection.close()


async def todo_of(urls: Urls, book: int) -> TodoRow | None:
    """Read the only todo of a book."""
    connection = await asyncpg.connect(urls.owner)
    try:
        row = await connection.fetchrow(
            "select tries, trouble, dead_at is not null as is_dead"
            " from kernel.todos where book = $1", book,
        )  # fmt: skip
        return TodoRow(*row) if row else None
    finally:
        await connection.close()


def test_what_follows_is_done_once_and_in_batches(urls: Urls) -> None:
    async def scene() -> None:
        async with pots(urls, 50) as (market, book):
            await asyncio.gather(*(market.ask(take(book)) for _ in range(50)))
            assert await market.worker.work_due() == 50
            assert await market.worker.work_due() == 0
            assert Outside.calls == 1
            assert await count(urls, "kernel.events", book) == 100
            assert await count(urls, "kernel.todos", book) == 0

    asyncio.run(scene())


def test_what_is_to_wait_is_done_later_and_nobody_waits_for_it(
    urls: Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reaction.known["toy.mourn"], "after_seconds", 60)

    async def scene() -> None:
        async with pots(urls, 50) as (market, book):
            await market.ask(take(book), wait=3)
            assert await count(urls, "kernel.todos", book) == 1
            assert await market.worker.work_due() == 0
            assert Outside.calls == 0
            sooner = "update kernel.todos set due_at = due_at - interval '61 seconds'"
            await run_as_owner(urls.owner, f"{sooner} where book = {book}")
            assert await market.worker.work_due() == 1
            assert Outside.calls == 1

    asyncio.run(scene())


def test_with_wait_the_outcome_is_there_when_the_answer_is(urls: Urls) -> None:
    async def scene() -> None:
        async with pots(urls, 50) as (market, book):
            answer = await market.ask(take(book), wait=3)
            assert isinstance(answer, CoinsTaken)
            assert await count(urls, "kernel.events", book) == 2
            assert await count(urls, "kernel.todos", book) == 0

    asyncio.run(scene())


def test_a_todo_that_a_page_waits_for_is_not_taken_by_a_worker(
    urls: Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene() -> None:
        async with pots(urls, 50) as (market, book):
            follow = asyncio.Event()

            async def slow(_todos: object, _seconds: float) -> None:
                follow.set()

            monkeypatch.setattr(market, "follow", slow)
            await market.ask(take(book), wait=3)
            assert follow.is_set()
            assert await market.worker.work_due() == 0
            # The page died: when its lease is over the worker does it.
            late = f"update kernel.todos set due_at = now() where book = {book}"
            await run_as_owner(urls.owner, late)
            assert await market.worker.work_due() == 1

    asyncio.run(scene())


def test_a_working_market_does_its_todos_by_itself(urls: Urls) -> None:
    async def scene() -> None:
        async with pots(urls, 50, is_working=True) as (market, book):
            await market.ask(take(book))
            async with asyncio.timeout(5):
                while await count(urls, "kernel.todos", book):
                    await asyncio.sleep(0.02)
            assert await count(urls, "kernel.events", book) == 2

    asyncio.run(scene())


def test_a_failing_port_is_tried_again_later(urls: Urls) -> None:
    async def scene() -> None:
        async with pots(urls, 50) as (market, book):
            await market.ask(take(book))
            Outside.is_down = True
            assert await market.worker.work_due() == 1
            assert await todo_of(urls, book) == TodoRow(1, "OSError", is_dead=False)
            assert await market.worker.work_due() == 0
            Outside.is_down = False
            await run_as_owner(urls.owner, "update kernel.todos set due_at = now()")
            assert await market.worker.work_due() == 1
            assert await todo_of(urls, book) is None

    asyncio.run(scene())


def test_a_final_refusal_ends_a_todo_and_another_does_not(urls: Urls) -> None:
    async def scene() -> None:
        coins = [9] * 14
        async with pots(urls, *coins) as (market, book):
            await market.ask(take(book, pot_id=13))
            await market.worker.work_due()
            assert await todo_of(urls, book) is None
            await market.ask(take(book, pot_id=14))
            await market.worker.work_due()
            assert await todo_of(urls, book) == TodoRow(1, "not_mourned", is_dead=False)

    asyncio.run(scene())


def test_a_todo_dies_visibly_after_its_last_try(
    urls: Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TODO_TRIES_MAX", 2)

    async def scene() -> None:
        async with pots(urls, 50) as (market, book):
            await market.ask(take(book))
            Outside.is_down = True
            for _ in range(3):
                await market.worker.work_due()
                late = "update kernel.todos set due_at = now() where dead_at is null"
                await run_as_owner(urls.owner, late)
            assert await todo_of(urls, book) == TodoRow(2, "OSError", is_dead=True)

    asyncio.run(scene())


def test_two_workers_never_have_the_same_todo(urls: Urls) -> None:
    async def scene() -> None:
        async with pots(urls, 300) as (market, book), opened(urls.login) as other:
            await asyncio.gather(*(market.ask(take(book)) for _ in range(300)))
            taken = await asyncio.gather(
                *(each.worker.work_due() for each in (market, other, market, other))
            )
            assert sum(taken) == 300
            assert await count(urls, "kernel.events", book) == 600

    asyncio.run(scene())


def test_a_worker_that_dies_gives_its_todo_back(
    urls: Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene() -> None:
        async with pots(urls, 50) as (market, book), opened(urls.login) as other:

            async def dies(_todos: object) -> None:
                raise asyncio.CancelledError

            await market.ask(take(book))
            monkeypatch.setattr(market.worker, "do", dies)
            with pytest.raises(asyncio.CancelledError):
                await market.worker.work_due()
            assert await other.worker.work_due() == 0
            await run_as_owner(urls.owner, "update kernel.todos set due_at = now()")
            assert await other.worker.work_due() == 1
            assert await count(urls, "kernel.events", book) == 2

    asyncio.run(scene())
