"""An id becomes a person's once, for the identity that asked first."""

import asyncio
from typing import Any

import pytest

from jishi import people
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.people.persons import adopted, met


def test_of_two_who_adopt_an_id_at_once_one_does(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            person = new_id()
            await market.ask(met(person))
            answers = await asyncio.gather(
                market.ask(adopted(person, b"a" * 32)), market.ask(adopted(person, b"b" * 32))
            )
            assert people.IdAdopted(subject_id=person) in answers
            assert Refused("id_adopted") in answers

    asyncio.run(scene())


def test_one_identity_that_asks_twice_is_answered_once(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            person = new_id()
            await market.ask(met(person))
            asked = adopted(person)
            answers = {await market.ask(asked), await market.ask(asked)}
            assert answers == {people.IdAdopted(subject_id=person)}

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"digest": b""}, "digest_out_of_bounds"),
        ({"digest": b"d" * 33}, "digest_out_of_bounds"),
        ({"actor_id": 0}, "person_unknown"),
        ({"actor_id": 32}, "person_unknown"),
    ],
)
def test_what_is_refused(database_url: str, change: dict[str, Any], reason: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            person = new_id()
            await market.ask(met(person))
            assert await market.ask(adopted(person, b"d" * 32, **change)) == Refused(reason)
            assert await market.ask(adopted(person)) == people.IdAdopted(subject_id=person)

    asyncio.run(scene())
