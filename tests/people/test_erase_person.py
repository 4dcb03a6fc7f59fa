"""Whoever is erased is nobody any more: no key, no name, no way in, and no way back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

from jishi import people
from jishi.kernel import Market, Refused, new_id, verify
from jishi.people.post import Carriers
from jishi.people.privacy.own import own_of
from tests.conftest import opened
from tests.people.persons import HOME, SECRET, agreed, came, erased, named
from tests.people.test_give_consent import said
from tests.web.reader import count

KNOWN_BY = "select count(*) from people.identities where person_id = $1"
PROVED = people.Proved("phone", "+8613900009999")


@asynccontextmanager
async def whole(url: str) -> AsyncIterator[Market]:
    """Lend a market whose reactions can look."""
    async with opened(url) as market:

        async def nobody() -> Carriers:
            return {}

        people.post.open(nobody, market, SECRET)
        try:
            yield market
        finally:
            people.post.close()


async def lived(market: Market, person: int, proved: people.Proved) -> int:
    """Let a person be somebody: known, named, at home, agreed, signed in."""
    owner = await people.recognise(market, SECRET, proved, guest_id=person)
    assert isinstance(owner, int)
    await people.write_address(market, SECRET, uuid4(), owner, HOME)
    await people.write_name(market, SECRET, uuid4(), owner, "小明")
    for request in (agreed(owner), came(owner)):
        await market.ask(request)
    return owner


def test_who_is_erased_leaves_nothing_he_could_be_known_by(fresh_database: tuple[str, str]) -> None:
    async def scene() -> None:
        url, owner_url = fresh_database
        async with whole(url) as market:
            person = await lived(market, new_id(), PROVED)
            other = await lived(market, new_id(), people.Proved("phone", "+8613900008888"))
            asked = erased(person)
            once, twice = await asyncio.gather(*(market.ask(asked, wait=5) for _ in range(2)))
            assert once == twice == people.PersonErased(subject_id=person)
            assert await market.ask(erased(person)) == Refused("person_unknown")
            assert await count(owner_url, KNOWN_BY, person) == 0
            assert await own_of(market, SECRET, person) is None
            assert await people.addresses(market, SECRET, person) == []
            assert await people.name_of(market, SECRET, person) == ""
            standing = await market.look(
                people.views.standing, person=person, of_book=people.book_of(person),
                person_id=person, session_id=0,
            )  # fmt: skip
            assert standing == people.views.Standing(is_in=False, is_person=True)
            for request in (came(person), named(person), agreed(person)):
                assert await market.ask(request) == Refused("person_unknown")
            written = await people.write_address(market, SECRET, uuid4(), person, HOME)
            assert written == Refused("person_unknown"), "his key is not made anew"
            assert len(await said(market, person)) == 1, "what he agreed to stays on record"
            kept = await own_of(market, SECRET, other)
            assert kept is not None
            assert (kept.name, len(kept.addresses), len(kept.identities)) == ("小明", 1, 1)
        broken = [each.promise async for each in verify(owner_url) if each.broken]
        assert broken == []

    asyncio.run(scene())


def test_whoever_comes_back_is_somebody_new(database_url: str) -> None:
    async def scene() -> None:
        guest, proved = new_id(), people.Proved("email", f"{new_id()}@b.example")
        async with whole(database_url) as market:
            first = await lived(market, guest, proved)
            await market.ask(erased(first), wait=5)
            again = await people.recognise(market, SECRET, proved, guest_id=guest)
            assert isinstance(again, int)
            assert again not in {0, first}
            assert await people.addresses(market, SECRET, again) == []
            assert isinstance(await market.ask(came(again)), people.SignedIn)

    asyncio.run(scene())


def test_nobody_is_recognised_as_somebody_forgotten_while_it_is_not_yet_cleared_up(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        proved = people.Proved("email", f"{new_id()}@b.example")
        async with opened(database_url) as market:
            person = await lived(market, new_id(), proved)
            await market.ask(erased(person))
            assert await count(owner_url, KNOWN_BY, person) == 1, "what follows was not done"
            assert await people.whose(market, SECRET, proved) == 0
            assert await count(owner_url, KNOWN_BY, person) == 0
            later = people.Proved("email", f"{new_id()}@b.example")
            refused = await people.recognise(market, SECRET, later, person_id=person)
            assert refused == Refused("person_unknown")

    asyncio.run(scene())


def test_who_is_erased_while_he_proves_something_is_not_known_by_it(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        for _ in range(20):
            proved = people.Proved("email", f"{new_id()}@b.example")
            async with whole(database_url) as market:
                person = await lived(market, new_id(), proved)
                later = people.Proved("email", f"{new_id()}@b.example")
                await asyncio.gather(
                    market.ask(erased(person), wait=5),
                    people.recognise(market, SECRET, later, person_id=person),
                )
                assert await count(owner_url, KNOWN_BY, person) == 0

    asyncio.run(scene())
