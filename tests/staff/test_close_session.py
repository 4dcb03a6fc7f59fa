"""A session is closed once, by its member's number, and nobody is in by it."""

import asyncio

from jishi import staff
from jishi.kernel import Refused
from tests.conftest import opened
from tests.staff.scene import add, ask, find, session


def test_a_session_is_closed_once_and_only_the_members_own(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member, other = add(shop), add(shop)
            asked = session(member)
            for each in (member, other, asked):
                await market.ask(each)

            def close(staff_id: int) -> staff.CloseSession:
                made: staff.CloseSession = ask(
                    staff.CloseSession, staff_id=staff_id, session_id=asked.session_id
                )
                return made

            assert await market.ask(close(other.staff_id)) == Refused("session_ended")
            assert await find(market, asked.session_id) is not None
            twice = [close(member.staff_id), close(member.staff_id)]
            answers = await asyncio.gather(*map(market.ask, twice))
            assert Refused("session_ended") in answers
            assert sum(isinstance(each, staff.SessionClosed) for each in answers) == 1
            assert await find(market, asked.session_id) is None

    asyncio.run(scene())
