"""From one address of the network only so many codes are asked for."""

import asyncio
import secrets

from jishi import people
from jishi.kernel import Refused
from tests.conftest import opened
from tests.people.persons import counted
from tests.web.reader import change

AGO = "update people.askings set asked_at = asked_at - interval '59 min' where digest = $1"


def test_thirty_an_hour_and_then_it_waits(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        digest, other = secrets.token_bytes(32), secrets.token_bytes(32)
        most, _ = people.rules.ASKINGS_MAX[0]
        async with opened(database_url) as market:
            answers = await asyncio.gather(*(market.ask(counted(digest)) for _ in range(most + 1)))
            refused = Refused("too_many_askings", {"minutes": 60}, is_final=False)
            assert [*answers].count(refused) == 1
            assert [*answers].count(people.AskingCounted(subject_id=0)) == most
            assert await market.ask(counted(other)) == people.AskingCounted(subject_id=0)
            await change(owner_url, (AGO, [digest]))
            again = await market.ask(counted(digest))
            assert again == Refused("too_many_askings", {"minutes": 1}, is_final=False)

    asyncio.run(scene())


def test_it_is_counted_in_its_own_book(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            for wrong in (counted(b"d"), counted(b"d" * 32, book=1)):
                assert await market.ask(wrong) == Refused("digest_out_of_bounds")

    asyncio.run(scene())
