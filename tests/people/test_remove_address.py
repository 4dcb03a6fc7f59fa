"""A removed address can be chosen no more; its orders keep it."""

import asyncio

from jishi import people
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.people.persons import HOME, SECRET, met, removed


def test_an_address_is_removed_once_and_by_its_person(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            person = new_id()
            other = person + people.rules.PEOPLE_BOOKS
            answer = await people.write_address(market, SECRET, met(1).key, person, HOME)
            assert isinstance(answer, people.AddressSaved)
            address_id = answer.subject_id
            unknown = Refused("address_unknown")
            assert await market.ask(removed(other, address_id)) == unknown
            twice = [removed(person, address_id), removed(person, address_id)]
            answers = await asyncio.gather(*map(market.ask, twice))
            assert people.AddressRemoved(subject_id=address_id) in answers
            assert unknown in answers
            assert await people.addresses(market, SECRET, person) == []
            kept = await people.address(market, SECRET, person, address_id)
            assert kept is not None
            assert kept.street == HOME.street

    asyncio.run(scene())
