"""Who agreed may take it back, once; that he did is written beside what he said before."""

import asyncio

from jishi import people
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.people.persons import VERSION, agreed, met, took_back
from tests.people.test_give_consent import said


def test_what_was_given_is_taken_back_once(database_url: str) -> None:
    async def scene() -> None:
        person, other = new_id(), new_id()
        async with opened(database_url) as market:
            assert await market.ask(took_back(person)) == Refused("person_unknown")
            for each in (person, other):
                await market.ask(met(each))
            assert await market.ask(took_back(person)) == Refused("consent_not_given")
            assert await market.ask(took_back(person, "x")) == Refused("consent_unclear")
            for each in (person, other):
                await market.ask(agreed(each))
            answers = await asyncio.gather(*(market.ask(took_back(person)) for _ in range(3)))
            assert answers.count(Refused("consent_not_given")) == 2
            withdrawn = people.ConsentWithdrawn(subject_id=person, purpose="rules", version=VERSION)
            assert withdrawn in answers
            found = [(each.is_given, each.version) for each in await said(market, person)]
            assert found == [(False, VERSION), (True, VERSION)]
            assert [each.is_given for each in await said(market, other)] == [True]

    asyncio.run(scene())
