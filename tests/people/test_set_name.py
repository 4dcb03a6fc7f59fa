"""A name is its person's alone: sealed, changed, and taken back."""

import asyncio
from uuid import uuid4

import pytest

from jishi import people
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.people.persons import SECRET, met, named


def test_a_name_comes_back_as_it_was_written_and_goes(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            person, other = new_id(), new_id()
            assert await people.name_of(market, SECRET, person) == ""
            for written in ("  小明 ", "Ming"):
                answer = await people.write_name(market, SECRET, uuid4(), person, written)
                assert answer == people.NameSet(subject_id=person, is_named=True)
                assert await people.name_of(market, SECRET, person) == written.strip()
            await people.write_name(market, SECRET, uuid4(), other, "Hua")
            assert await people.name_of(market, SECRET, person) == "Ming"
            answer = await people.write_name(market, SECRET, uuid4(), person, " ")
            assert answer == people.NameSet(subject_id=person, is_named=False)
            assert await people.name_of(market, SECRET, person) == ""

    asyncio.run(scene())


def test_two_taps_are_one_name(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            person, key = new_id(), uuid4()
            both = [people.write_name(market, SECRET, key, person, "小明") for _ in range(2)]
            once, twice = await asyncio.gather(*both)
            assert once == twice == people.NameSet(subject_id=person, is_named=True)
            other = await people.write_name(market, SECRET, key, person, "小红")
            assert isinstance(other, Refused)

    asyncio.run(scene())


@pytest.mark.parametrize("written", ["一" * 21, "a\nb"])
def test_what_nobody_is_called_is_refused(database_url: str, written: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            answer = await people.write_name(market, SECRET, uuid4(), new_id(), written)
            assert answer == Refused("person_name_out_of_bounds", {"characters_max": 20})

    asyncio.run(scene())


def test_nobody_who_was_not_met_is_called_anything(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            person = new_id()
            assert await market.ask(named(person)) == Refused("person_unknown")
            await market.ask(met(person))
            assert await market.ask(named(person, b"short")) == Refused("seal_out_of_bounds")

    asyncio.run(scene())
