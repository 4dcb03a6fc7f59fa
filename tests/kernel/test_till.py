"""A till: what is answered, what is refused, and what survives what goes wrong."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import asyncpg
import pytest

from jishi.kernel import Refused, limits, new_id
from jishi.kernel.batch import answer_batch
from jishi.kernel.database import Database
from tests.conftest import opened, run_as_owner
from tests.kernel import toy
from tests.kernel.pots import Urls, count, pots
from tests.kernel.toy import CoinsTaken, take


def test_what_is_there_is_given_once(urls: Urls) -> None:
    async def scene() -> None:
        async with pots(urls, 10) as (market, book):
            answers = await asyncio.gather(*(market.ask(take(book)) for _ in range(30)))
            assert sum(isinstance(answer, CoinsTaken) for answer in answers) == 10
            assert answers.count(Refused("pot_empty")) == 20
            assert await count(urls, "kernel.events", book) == 10
            assert await count(urls, "kernel.keys", book) == 10
            assert await count(urls, "kernel.todos", book) == 10

    asyncio.run(scene())


def test_asking_twice_is_asking_once_in_a_batch_and_after(urls: Urls) -> None:
    async def scene() -> None:
        async with pots(urls, 10) as (market, book):
            asked = take(book, coins=3)
            first, second = await asyncio.gather(market.ask(asked), market.ask(asked))
            assert first == second == await market.ask(asked) == CoinsTaken(subject_id=1, coins=3)
            assert await count(urls, "kernel.events", book) == 1

    asyncio.run(scene())


def test_a_key_stands_for_one_body(urls: Urls) -> None:
    async def scene() -> None:
        async with pots(urls, 10) as (market, book):
            key = uuid4()
            together = await asyncio.gather(
                market.ask(take(book, coins=1, key=key)), market.ask(take(book, coins=2, key=key))
            )
            assert list(together) == [CoinsTaken(subject_id=1, coins=1), Refused("key_reused")]
            assert await market.ask(take(book, coins=2, key=key)) == Refused("key_reused")
            assert await count(urls, "toy.takings", book) == 1

    asyncio.run(scene())


def test_a_refusal_is_decided_again(urls: Urls) -> None:
    async def scene() -> None:
        async with pots(urls, 0) as (market, book):
            asked = take(book)
            assert await market.ask(asked) == Refused("pot_empty")
            await run_as_owner(urls.owner, f"update toy.pots set coins = 5 where book = {book}")
            assert await market.ask(asked) == CoinsTaken(subject_id=1, coins=1)

    asyncio.run(scene())


def test_two_processes_with_one_key_decide_once(urls: Urls) -> None:
    async def scene() -> None:
        async with pots(urls, 1) as (market, book), opened(urls.login) as other:
            asked = [take(book, key=uuid4()) for _ in range(20)]
            answers = await asyncio.gather(
                *(each.ask(request) for request in asked for each in (market, other))
            )
            taken = [answer for answer in answers if isinstance(answer, CoinsTaken)]
            assert len(taken) == 2
            assert answers.index(taken[0]) % 2 == 0
            assert answers[answers.index(taken[0]) + 1] == taken[0]

    asyncio.run(scene())


def test_one_bad_request_does_not_spoil_its_batch(urls: Urls) -> None:
    async def scene() -> None:
        async with pots(urls, 100, 0) as (market, book):
            # Giving back a negative number passes decide and meets the table's check.
            bad = take(book, pot_id=2, coins=-1)
            await run_as_owner(
                urls.owner,
                "alter table toy.takings drop constraint if exists coins_are_positive",
                "alter table toy.takings add constraint coins_are_positive check (coins > 0)",
            )
            asked = [take(book) for _ in range(9)] + [bad] + [take(book) for _ in range(9)]
            answers = await asyncio.gather(*map(market.ask, asked), return_exceptions=True)
            assert isinstance(answers[9], asyncpg.CheckViolationError)
            assert sum(isinstance(answer, CoinsTaken) for answer in answers) == 18
            assert await count(urls, "toy.takings", book) == 18
            assert await count(urls, "kernel.events", book) == 18

    asyncio.run(scene())


def test_a_full_till_refuses_busy_and_loses_nothing(
    urls: Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WAITING_MAX", 5)

    async def scene() -> None:
        async with pots(urls, 100) as (market, book):
            answers = await asyncio.gather(*(market.ask(take(book)) for _ in range(20)))
            busy = [answer for answer in answers if answer == Refused("busy", is_final=False)]
            assert len(busy) == 15
            assert await count(urls, "toy.takings", book) == 5

    asyncio.run(scene())


def test_an_idle_till_is_gone(urls: Urls) -> None:
    async def scene() -> None:
        async with pots(urls, 5) as (market, book):
            await market.ask(take(book))
            await asyncio.sleep(0)
            assert market.tills == {}

    asyncio.run(scene())


def test_a_till_survives_that_its_connections_are_cut(urls: Urls) -> None:
    async def scene() -> None:
        async with pots(urls, 400) as (market, book):
            asking = asyncio.gather(*(market.ask(take(book)) for _ in range(200)))
            for _ in range(5):
                await run_as_owner(
                    urls.owner,
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where usename = 'jishi_login' and datname = current_database()",
                )
                await asyncio.sleep(0.02)
            answers = await asking
            assert all(isinstance(answer, CoinsTaken) for answer in answers)
            assert await count(urls, "toy.takings", book) == 200

    asyncio.run(scene())


def test_an_odd_driver_exception_is_a_dead_connection(
    urls: Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = [asyncpg.InternalClientError("cannot switch to state 11"), RuntimeError("odd")]
    real: Callable[..., Awaitable[object]] = asyncpg.Connection.fetch

    async def fetch(self: object, query: str, *values: object) -> object:
        if "toy.takings" in query and odd:
            raise odd.pop()
        return await real(self, query, *values)

    async def scene() -> None:
        async with pots(urls, 10) as (market, book):
            monkeypatch.setattr(asyncpg.Connection, "fetch", fetch)
            assert await market.ask(take(book)) == CoinsTaken(subject_id=1, coins=1)
            assert odd == []
            assert await count(urls, "toy.takings", book) == 1

    asyncio.run(scene())


def test_a_closing_market_answers_whoever_waits(urls: Urls) -> None:
    async def scene() -> None:
        async with pots(urls, 100) as (market, book):
            asking = asyncio.gather(*(market.ask(take(book)) for _ in range(100)))
            await asyncio.sleep(0)
            await market.close()
            assert all(isinstance(answer, CoinsTaken) for answer in await asking)
            assert await market.ask(take(book)) == Refused("busy", is_final=False)

    asyncio.run(scene())


def test_an_unknown_book_is_refused(urls: Urls) -> None:
    async def scene() -> None:
        async with opened(urls.login) as market:
            assert await market.ask(take(new_id())) == Refused("book_unknown")

    asyncio.run(scene())


def test_without_the_lock_two_processes_would_give_the_same_coin_twice(
    urls: Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the lock removed, the pot is overdrawn or the numbers collide."""
    locked = Database.transaction

    def unlocked(self: Database, **how: object) -> object:
        return locked(self, **{**how, "lock": False})  # type: ignore[arg-type]  # the same names

    async def scene() -> None:
        async with pots(urls, 10) as (market, book), opened(urls.login) as other:
            monkeypatch.setattr(Database, "transaction", unlocked)
            troubles = 0
            for _ in range(30):
                answers = await asyncio.gather(
                    *(each.ask(take(book)) for each in (market, other)), return_exceptions=True
                )
                troubles += sum(isinstance(answer, asyncpg.PostgresError) for answer in answers)
            assert troubles > 0

    asyncio.run(scene())


def test_the_market_cannot_answer_before_it_is_durable(urls: Urls) -> None:
    async def scene() -> None:
        async with pots(urls, 1) as (market, book):
            settled = await answer_batch(market.database, toy.take_coins, book, [])
            assert settled == []
            level = await market.database.pool.fetchval("show synchronous_commit")  # type: ignore[union-attr]  # open
            assert level == "on"

    asyncio.run(scene())
