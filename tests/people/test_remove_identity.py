"""What a person is known by no more is nobody's, and whoever proves it next is new."""

import asyncio
import secrets

from jishi import people
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.people.persons import SECRET, dropped, met, recognised


def test_his_own_goes_and_nobody_elses(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            digest, person, other = secrets.token_bytes(32), new_id(), new_id()
            for each in (person, other):
                await market.ask(met(each))
            await market.ask(recognised(person, digest))
            for stranger in (other, 0, -1):
                refused = await market.ask(dropped(stranger, digest))
                assert refused == Refused("identity_unknown")
            book = people.rules.book_of_digest(digest)
            look = {"book": book, "of_book": book}
            assert await market.look(people.views.identity, **look, digest=digest)
            answer = await market.ask(dropped(person, digest))
            assert answer == people.IdentityRemoved(subject_id=person)
            assert not await market.look(people.views.identity, **look, digest=digest)
            assert await market.ask(dropped(person, digest)) == Refused("identity_unknown")

    asyncio.run(scene())


def test_whoever_is_forgotten_comes_back_as_somebody_new(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            proved = [
                people.Proved("phone", f"+86{new_id()}"),
                people.Proved("openid", f"o{new_id()}", "wx1"),
            ]
            person = await people.recognise_any(market, SECRET, proved, person_id=0, guest_id=0)
            assert isinstance(person, int)
            assert await people.forget_identities(market, person) == 2
            assert await people.identities(market, SECRET, person) == []
            again = await people.recognise_any(market, SECRET, proved, person_id=0, guest_id=0)
            assert again not in {0, person}

    asyncio.run(scene())
