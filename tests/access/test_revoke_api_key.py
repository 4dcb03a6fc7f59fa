"""A key that is revoked opens nothing; of another shop's keys nobody knows."""

import asyncio

from jishi import access
from jishi.kernel import Refused, new_id
from tests.access.keys import issue, revoke
from tests.conftest import opened
from tests.shops import seed_shops


def test_a_revoked_key_opens_nothing_and_is_revoked_once(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        book = new_id() >> 20
        await seed_shops(owner_url, book, shops=2)
        async with opened(database_url) as market:
            asked = issue(book)
            await market.ask(asked)
            elsewhere = await market.ask(revoke(book + 1, asked.key_id))
            assert elsewhere == Refused("api_key_unknown")
            twice = [revoke(book, asked.key_id), revoke(book, asked.key_id)]
            answers = await asyncio.gather(*map(market.ask, twice))
            assert sorted(type(each).__name__ for each in answers) == ["ApiKeyRevoked", "Refused"]
            assert Refused("api_key_revoked") in answers
            look = access.views.good_key
            found = await market.look(look, book=book, key_id=asked.key_id)
            assert found is None
            for odd in (0, -1, 2**63 - 1):
                assert await market.ask(revoke(book, odd)) == Refused("api_key_unknown")

    asyncio.run(scene())
