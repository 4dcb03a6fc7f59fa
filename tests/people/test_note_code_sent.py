"""What was sent is forgotten here, at once and once."""

import asyncio
import secrets

from jishi import people
from jishi.kernel import Refused
from tests.conftest import opened
from tests.people.persons import asked_for, noted
from tests.web.reader import count

KEPT = "select count(sealed) from people.codes where digest = $1"


def test_what_was_sent_is_forgotten(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        digest = secrets.token_bytes(32)
        async with opened(database_url) as market:
            asked = asked_for(digest)
            assert await market.ask(noted(asked.book, asked.code_id)) == Refused("code_unknown")
            await market.ask(asked)
            assert await count(owner_url, KEPT, digest) == 1
            answer = await market.ask(noted(asked.book, asked.code_id))
            assert answer == people.CodeSent(subject_id=asked.code_id)
            assert await count(owner_url, KEPT, digest) == 0
            assert await market.ask(noted(asked.book, asked.code_id)) == Refused("code_unknown")

    asyncio.run(scene())
