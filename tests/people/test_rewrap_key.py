"""A data key comes under another key, and what it seals stays; a destroyed one stays destroyed."""

import asyncio
from uuid import uuid4

import pytest

from jishi import people
from jishi.kernel import Refused, new_id
from jishi.kernel.secret import Secret
from jishi.people import sealing
from jishi.people.rewrapping import rewrap_all
from tests.conftest import opened
from tests.people.persons import HOME, SECRET, erased, met, rewrapped

OLD, NEW = SECRET.key, b"a newer key of the same market, in a test"


def test_what_was_sealed_is_read_by_both_keys_then_by_the_new_one_alone(
    fresh_database: tuple[str, str],
) -> None:
    async def scene() -> None:
        both, alone = Secret(OLD, [NEW, OLD]), Secret(OLD, [NEW])
        persons = [new_id() + number for number in range(40)]
        async with opened(fresh_database[0]) as market:
            for person in persons:
                await people.write_name(market, SECRET, uuid4(), person, f"p{person}")
            await people.write_address(market, SECRET, uuid4(), persons[0], HOME)
            with pytest.raises(ValueError, match="another key"):
                await people.name_of(market, alone, persons[0])
            assert await people.name_of(market, both, persons[0]) == f"p{persons[0]}"
            assert sum([count async for count in rewrap_all(market, both)]) == len(persons)
            assert sum([count async for count in rewrap_all(market, both)]) == 0
            for secret in (both, alone):
                names = [await people.name_of(market, secret, person) for person in persons]
                assert names == [f"p{person}" for person in persons]
            (at_home,) = await people.addresses(market, alone, persons[0])
            assert at_home.street == HOME.street
            with pytest.raises(ValueError, match="another key"):
                await people.name_of(market, SECRET, persons[0])

    asyncio.run(scene())


def test_who_is_forgotten_gets_no_key(database_url: str) -> None:
    async def scene() -> None:
        person = new_id()
        wrapped = sealing.new_wrapped_key(SECRET, person)
        async with opened(database_url) as market:
            assert await market.ask(rewrapped(person, wrapped)) == Refused("person_unknown")
            await market.ask(met(person))
            assert await market.ask(rewrapped(person, b"short")) == Refused("key_out_of_bounds")
            answer = await market.ask(rewrapped(person, wrapped))
            assert answer == people.KeyRewrapped(subject_id=person)
            await market.ask(erased(person))
            assert await market.ask(rewrapped(person, wrapped)) == Refused("person_unknown")
            assert await people.name_of(market, SECRET, person) == ""

    asyncio.run(scene())
