"""Whoever proves an identity is one person, however he comes and how often at once."""

import asyncio
from uuid import uuid4

from jishi import people
from jishi.kernel import new_id
from tests.conftest import opened
from tests.people.persons import SECRET
from tests.web.reader import count

KEPT = "select count(*) from people.identities where person_id = any($1::bigint[])"
FOUND = """
    select count(*) from people.identities
     where person_id = $1 and (sealed::text || digest::text) like '%' || $2 || '%'
"""


def phone() -> people.Proved:
    """Make a phone up."""
    return people.Proved("phone", f"+86139{uuid4().int % 10**8:08}")


def test_a_new_identity_adopts_the_guest_and_a_known_one_is_known(database_url: str) -> None:
    async def scene() -> None:
        guest, proved = new_id(), phone()
        async with opened(database_url) as market:
            assert await people.recognise(market, SECRET, proved, guest_id=guest) == guest
            assert await people.recognise(market, SECRET, proved, guest_id=new_id()) == guest
            assert await people.recognise(market, SECRET, proved) == guest

    asyncio.run(scene())


def test_two_tabs_with_one_identity_are_one_person(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        guest, others, proved = new_id(), [new_id(), new_id()], phone()
        async with opened(database_url) as market:
            found = await asyncio.gather(*(
                people.recognise(market, SECRET, proved, guest_id=each)
                for each in (guest, guest, *others, 0)
            ))  # fmt: skip
            assert len(set(found)) == 1
        assert await count(owner_url, KEPT, [found[0], guest, *others]) == 1

    asyncio.run(scene())


def test_two_who_sign_in_on_one_guests_device_are_two(database_url: str) -> None:
    async def scene() -> None:
        guest = new_id()
        async with opened(database_url) as market:
            found = await asyncio.gather(*(
                people.recognise(market, SECRET, phone(), guest_id=guest) for _ in range(4)
            ))  # fmt: skip
            assert len(set(found)) == 4
            assert guest in found

    asyncio.run(scene())


def test_a_person_is_known_by_one_thing_more(database_url: str) -> None:
    async def scene() -> None:
        first, more = phone(), people.Proved("openid", "o-1", "wx1")
        async with opened(database_url) as market:
            person = await people.recognise(market, SECRET, first)
            assert isinstance(person, int)
            assert await people.recognise(market, SECRET, more, person_id=person) == person
            assert await people.recognise(market, SECRET, more) == person
            assert await people.openid_of(market, SECRET, person, "wx1") == "o-1"
            assert await people.openid_of(market, SECRET, person, "wx2") == ""
            assert {each.name for each in await people.identities(market, SECRET, person)} == {
                first.name, "o-1"
            }  # fmt: skip

    asyncio.run(scene())


def test_nothing_that_is_kept_can_be_read_without_the_secret(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        proved = phone()
        async with opened(database_url) as market:
            person = await people.recognise(market, SECRET, proved)
            assert proved.name not in repr(proved)
            for bare in (proved.name, proved.name.encode().hex()):
                assert await count(owner_url, FOUND, person, bare) == 0
            assert await count(owner_url, FOUND, person, "x") == 1, "the row itself is there"

    asyncio.run(scene())


def test_nobody_sees_what_somebody_else_is_known_by(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            person = await people.recognise(market, SECRET, phone())
            for who in (0, new_id()):
                rows = await market.look(
                    people.views.identities_of, person=who, person_id=person, identities_max=9
                )
                assert rows == []

    asyncio.run(scene())
