"""A code is sent now and then, to what it shall prove."""

import asyncio
import secrets

import pytest

from jishi import people
from jishi.kernel import Refused
from tests.conftest import opened
from tests.people.persons import asked_for
from tests.web.reader import change, count

KEPT = "select count(*) from people.codes where digest = $1"
AGO = "update people.codes set asked_at = asked_at - interval '61 s' where digest = $1"


def test_a_second_one_waits_a_minute(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        digest = secrets.token_bytes(32)
        async with opened(database_url) as market:
            first = asked_for(digest)
            answers = await asyncio.gather(market.ask(first), market.ask(asked_for(digest)))
            assert people.CodeAskedFor(subject_id=first.code_id) in answers
            assert Refused("code_sent_lately", {"seconds": 60}, is_final=False) in answers
            assert await count(owner_url, KEPT, digest) == 1
            await change(owner_url, (AGO, [digest]))
            assert isinstance(await market.ask(asked_for(digest)), people.CodeAskedFor)

    asyncio.run(scene())


def test_ten_a_day_are_enough(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        digest = secrets.token_bytes(32)
        ago = "update people.codes set asked_at = asked_at - interval '2 min' where digest = $1"
        async with opened(database_url) as market:
            for _ in range(people.rules.CODES_A_DAY_MAX):
                assert isinstance(await market.ask(asked_for(digest)), people.CodeAskedFor)
                await change(owner_url, (ago, [digest]))
            refused = await market.ask(asked_for(digest))
            assert isinstance(refused, Refused)
            assert refused.reason == "too_many_codes"
            assert refused.detail["minutes"] == 24 * 60 - 20
            assert await count(owner_url, KEPT, digest) == people.rules.CODES_A_DAY_MAX

    asyncio.run(scene())


def test_old_ones_are_forgotten(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        digest = secrets.token_bytes(32)
        ago = "update people.codes set asked_at = asked_at - interval '49 h' where digest = $1"
        async with opened(database_url) as market:
            await market.ask(asked_for(digest))
            await change(owner_url, (ago, [digest]))
            await market.ask(asked_for(digest))
            assert await count(owner_url, KEPT, digest) == 1

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("change_", "reason"),
    [
        ({"kind": "openid"}, "identity_out_of_bounds"),
        ({"book": 1}, "identity_out_of_bounds"),
        ({"digest": b"d"}, "identity_out_of_bounds"),
        ({"hash": b""}, "digest_out_of_bounds"),
        ({"sealed": b""}, "seal_out_of_bounds"),
        ({"sealed": b"s" * 2001}, "seal_out_of_bounds"),
        ({"code_id": 0}, "code_id_taken"),
    ],
)
def test_what_is_refused_leaves_nothing(
    database_url: str, owner_url: str, change_: dict[str, object], reason: str
) -> None:
    async def scene() -> None:
        digest = secrets.token_bytes(32)
        async with opened(database_url) as market:
            assert await market.ask(asked_for(digest, **change_)) == Refused(reason)
        assert await count(owner_url, KEPT, digest) == 0

    asyncio.run(scene())


def test_no_two_codes_have_one_id(database_url: str) -> None:
    async def scene() -> None:
        digest = secrets.token_bytes(32)
        other = digest[:2] + secrets.token_bytes(30)
        async with opened(database_url) as market:
            first = asked_for(digest)
            await market.ask(first)
            again = asked_for(other, code_id=first.code_id)
            assert await market.ask(again) == Refused("code_id_taken")

    asyncio.run(scene())
