"""A person is met once, in his own book."""

import asyncio

import pytest

from jishi import people
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.people.persons import HOME, SECRET, met


def test_a_person_is_met_once(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            person = new_id()
            answers = await asyncio.gather(market.ask(met(person)), market.ask(met(person)))
            assert people.PersonMet(subject_id=person) in answers
            assert Refused("person_known") in answers

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"actor_id": 0}, "person_unknown"),
        ({"actor_id": -31}, "person_unknown"),
        ({"book": 1001, "actor_id": 32}, "person_unknown"),
        ({"wrapped_key": b""}, "key_out_of_bounds"),
    ],
)
def test_what_is_refused_leaves_nothing(
    database_url: str, change: dict[str, object], reason: str
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            person = 31 * new_id()
            assert await market.ask(met(person % 2**62 // 31 * 31, **change)) == Refused(reason)

    asyncio.run(scene())


def test_two_first_addresses_at_once_are_sealed_with_one_key(database_url: str) -> None:
    """Without it, what the slower one sealed could never be opened."""

    async def scene() -> None:
        async with opened(database_url) as market:
            person = new_id()
            answers = await asyncio.gather(*(
                people.write_address(market, SECRET, met(person).key, person, HOME)
                for _ in range(4)
            ))  # fmt: skip
            assert all(isinstance(each, people.AddressSaved) for each in answers)
            kept = await people.addresses(market, SECRET, person)
            assert [each.recipient for each in kept] == [HOME.recipient] * 4

    asyncio.run(scene())
