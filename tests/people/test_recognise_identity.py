"""An identity is one person's, for ever: nobody else is recognised by it."""

import asyncio
import secrets

import pytest

from jishi import people
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.people.persons import met, recognised


def test_of_two_who_come_with_one_identity_at_once_one_has_it(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            digest, one, other = secrets.token_bytes(32), new_id(), new_id()
            for person in (one, other):
                await market.ask(met(person))
            answers = await asyncio.gather(
                market.ask(recognised(one, digest)), market.ask(recognised(other, digest))
            )
            assert Refused("identity_known") in answers
            winner = next(each for each in answers if isinstance(each, people.IdentityRecognised))
            book = people.rules.book_of_digest(digest)
            found = await market.look(people.views.identity, book=book, of_book=book, digest=digest)
            assert found == people.views.Whose(winner.subject_id)

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"book": 1}, "identity_out_of_bounds"),
        ({"kind": "shoe_size"}, "identity_out_of_bounds"),
        ({"kind": "openid"}, "identity_out_of_bounds"),
        ({"kind": "openid", "appid": "wx 1"}, "identity_out_of_bounds"),
        ({"appid": "wx1"}, "identity_out_of_bounds"),
        ({"digest": b"d"}, "identity_out_of_bounds"),
        ({"sealed": b""}, "seal_out_of_bounds"),
        ({"sealed": b"s" * 401}, "seal_out_of_bounds"),
        ({"actor_id": 0}, "person_unknown"),
    ],
)
def test_what_is_refused_leaves_nothing(
    database_url: str, change: dict[str, object], reason: str
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            digest, person = secrets.token_bytes(32), new_id()
            await market.ask(met(person))
            assert await market.ask(recognised(person, digest, **change)) == Refused(reason)
            book = people.rules.book_of_digest(digest)
            assert not await market.look(
                people.views.identity, book=book, of_book=book, digest=digest
            )

    asyncio.run(scene())
