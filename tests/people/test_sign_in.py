"""A session goes on for thirty days, for whoever was met."""

import asyncio

import pytest

from jishi import people
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.people.persons import came, met
from tests.web.reader import count

GOES_ON = """
    select count(*) from people.sessions
     where person_id = $1 and closed_at is null and ends_at = opened_at + interval '30 d'
"""


def test_a_session_goes_on_for_thirty_days(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        person = new_id()
        async with opened(database_url) as market:
            await market.ask(met(person))
            asked = came(person)
            answer = await market.ask(asked)
            assert answer == people.SignedIn(subject_id=person, session_id=asked.session_id)
        assert await count(owner_url, GOES_ON, person) == 1

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"actor_id": 31}, "person_unknown"), ({"session_id": 0}, "session_id_taken")],
)
def test_what_is_refused_leaves_nothing(
    database_url: str, owner_url: str, change: dict[str, object], reason: str
) -> None:
    async def scene() -> None:
        person = new_id()
        async with opened(database_url) as market:
            await market.ask(met(person))
            assert await market.ask(came(person, **change)) == Refused(reason)
        assert await count(owner_url, GOES_ON, person) == 0

    asyncio.run(scene())


def test_no_two_sessions_have_one_number(database_url: str) -> None:
    async def scene() -> None:
        person = new_id()
        async with opened(database_url) as market:
            await market.ask(met(person))
            first, second = came(person, session_id=person), came(person, session_id=person)
            answers = await asyncio.gather(market.ask(first), market.ask(second))
            assert Refused("session_id_taken") in answers

    asyncio.run(scene())
