"""A code has five tries, ten minutes and one use."""

import asyncio
import secrets

import pytest

from jishi import people
from jishi.kernel import Refused
from tests.conftest import opened
from tests.people.persons import asked_for, tried
from tests.web.reader import change

WRONG = b"w" * 32


def test_the_right_one_serves_once(database_url: str) -> None:
    async def scene() -> None:
        digest = secrets.token_bytes(32)
        async with opened(database_url) as market:
            asked = asked_for(digest)
            await market.ask(asked)
            answers = await asyncio.gather(*(market.ask(tried(digest)) for _ in range(3)))
            right = people.CodeTried(subject_id=asked.code_id, is_right=True)
            assert sorted(map(repr, answers)) == sorted(
                map(repr, [right, Refused("code_unknown"), Refused("code_unknown")])
            )
            assert await market.ask(tried(digest)) == Refused("code_unknown")

    asyncio.run(scene())


@pytest.mark.parametrize("at_once", [True, False])
def test_no_crowd_of_guesses_gets_by(database_url: str, at_once: bool) -> None:
    async def scene() -> None:
        digest, most = secrets.token_bytes(32), people.rules.CODE_TRIES_MAX
        async with opened(database_url) as market:
            asked = asked_for(digest)
            await market.ask(asked)
            guesses = [market.ask(tried(digest, WRONG)) for _ in range(most + 2)]
            answers = await asyncio.gather(*guesses) if at_once else [await g for g in guesses]
            wrong = people.CodeTried(subject_id=asked.code_id, is_right=False)
            assert list(answers) == [wrong] * most + [Refused("code_tried_out")] * 2
            assert await market.ask(tried(digest)) == Refused("code_tried_out"), "nor the right one"

    asyncio.run(scene())


def test_four_wrong_ones_and_the_right_one(database_url: str) -> None:
    async def scene() -> None:
        digest = secrets.token_bytes(32)
        async with opened(database_url) as market:
            asked = asked_for(digest)
            await market.ask(asked)
            for _ in range(people.rules.CODE_TRIES_MAX - 1):
                await market.ask(tried(digest, WRONG))
            assert await market.ask(tried(digest)) == people.CodeTried(
                subject_id=asked.code_id, is_right=True
            )

    asyncio.run(scene())


def test_after_ten_minutes_it_is_over(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        digest = secrets.token_bytes(32)
        ago = "update people.codes set asked_at = asked_at - interval '10 min' where digest = $1"
        async with opened(database_url) as market:
            await market.ask(asked_for(digest))
            await change(owner_url, (ago, [digest]))
            assert await market.ask(tried(digest)) == Refused("code_unknown")

    asyncio.run(scene())


def test_the_newest_alone_counts(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        digest = secrets.token_bytes(32)
        ago = "update people.codes set asked_at = asked_at - interval '2 min' where digest = $1"
        async with opened(database_url) as market:
            await market.ask(asked_for(digest))
            await change(owner_url, (ago, [digest]))
            await market.ask(asked_for(digest, hash=b"n" * 32))
            old = await market.ask(tried(digest))
            assert isinstance(old, people.CodeTried)
            assert not old.is_right
            new = await market.ask(tried(digest, b"n" * 32))
            assert isinstance(new, people.CodeTried)
            assert new.is_right

    asyncio.run(scene())


def test_where_none_was_sent_there_is_none(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            assert await market.ask(tried(secrets.token_bytes(32))) == Refused("code_unknown")

    asyncio.run(scene())
