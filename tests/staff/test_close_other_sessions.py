"""A member stays in where he is, and is out everywhere else; nobody else is."""

import asyncio

from jishi import staff
from jishi.kernel import Refused
from tests.conftest import opened
from tests.staff.scene import add, ask, find, session


def test_all_but_this_one_end(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member, colleague = add(shop), add(shop)
            sessions = [session(member), session(member), session(member), session(colleague)]
            for each in (member, colleague, *sessions):
                await market.ask(each)
            kept = sessions[1].session_id
            who = {"staff_id": member.staff_id, "session_id": kept}
            answer = await market.ask(ask(staff.CloseOtherSessions, **who))
            closed = staff.OtherSessionsClosed(subject_id=member.staff_id, session_id=kept)
            assert answer == closed
            is_in = [await find(market, each.session_id) is not None for each in sessions]
            assert is_in == [False, True, False, True]

    asyncio.run(scene())


def test_a_session_of_somebody_else_is_none(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member, colleague = add(shop), add(shop)
            mine, theirs = session(member), session(colleague)
            for each in (member, colleague, mine, theirs):
                await market.ask(each)
            who = {"staff_id": member.staff_id, "session_id": theirs.session_id}
            asked = ask(staff.CloseOtherSessions, **who)
            assert await market.ask(asked) == Refused("session_ended")
            assert await find(market, mine.session_id) is not None

    asyncio.run(scene())
