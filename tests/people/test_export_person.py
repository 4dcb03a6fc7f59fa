"""A person takes his data with him: all of it, his own alone, and it is written down."""

import asyncio
from uuid import uuid4

from jishi import people
from jishi.kernel import Refused, new_id
from jishi.people.privacy.own import own_of
from tests.conftest import opened
from tests.people.persons import HOME, SECRET, agreed, came, exported, removed
from tests.web.reader import count

EXPORTS = "select count(*) from people.exports where person_id = $1"


def test_ten_times_a_day_and_each_is_written_down(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        person = new_id()
        async with opened(database_url) as market:
            assert await market.ask(exported(person)) == Refused("person_unknown")
            await people.write_name(market, SECRET, uuid4(), person, "小明")
            answers = await asyncio.gather(*(market.ask(exported(person)) for _ in range(12)))
            refused = Refused("exported_lately", {"times_max": 10}, is_final=False)
            assert answers.count(refused) == 2
            assert answers.count(people.PersonExported(subject_id=person)) == 10
        assert await count(owner_url, EXPORTS, person) == 10

    asyncio.run(scene())


def test_all_that_is_kept_is_in_it_and_nobody_elses(database_url: str) -> None:
    async def scene() -> None:
        person = new_id()
        other = person + people.rules.PEOPLE_BOOKS
        async with opened(database_url) as market:
            assert await own_of(market, SECRET, person) is None
            for each in (person, other):
                proved = people.Proved("phone", f"+86139{each % 10**8:08}")
                saved = await people.write_address(market, SECRET, uuid4(), each, HOME)
                assert isinstance(saved, people.AddressSaved)
                await people.recognise(market, SECRET, proved, person_id=each)
                await people.write_name(market, SECRET, uuid4(), each, "小明")
                for request in (removed(each, saved.subject_id), agreed(each), came(each)):
                    await market.ask(request)
            own = await own_of(market, SECRET, person)
            assert own is not None
            assert (own.person_id, own.name) == (person, "小明")
            assert [each.name for each in own.identities] == [f"+86139{person % 10**8:08}"]
            (lived,) = own.addresses
            assert (lived.recipient, lived.phone, lived.street) == (
                HOME.recipient, HOME.phone, HOME.street
            )  # fmt: skip
            assert lived.removed_at is not None
            assert [each.purpose for each in own.consents] == ["rules"]
            assert [each.closed_at for each in own.sessions] == [None]

    asyncio.run(scene())
