"""Whoever left is out at once, and stays out; of another shop's staff nobody is sent away."""

import asyncio

from jishi import staff
from jishi.kernel import MARKET, Refused
from tests.conftest import opened
from tests.staff.scene import add, ask, find, link, password, session


def test_whoever_left_is_out_and_stays_out(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member, other = add(shop), add(shop)
            mine, theirs, way_in = session(member), session(other), link(member)
            for each in (member, other, mine, theirs, way_in):
                await market.ask(each)
            twice = [
                ask(staff.EndMembership, staff_id=member.staff_id, works_in=shop) for _ in range(2)
            ]
            answers = await asyncio.gather(*map(market.ask, twice))
            ended = staff.MembershipEnded(subject_id=member.staff_id, works_in=shop)
            assert ended in answers
            assert Refused("member_left") in answers
            assert await find(market, mine.session_id) is None
            assert await find(market, theirs.session_id) is not None
            assert await market.ask(password(way_in)) == Refused("link_ended")
            assert await market.ask(link(member)) == Refused("member_left")
            assert await market.ask(session(member)) == Refused("member_unknown")
            tried = await market.ask(ask(staff.TrySignIn, staff_id=member.staff_id))
            assert tried == Refused("member_unknown")
            look = staff.views.sign_in_member
            assert await market.look(look, book=MARKET, name=member.name) is None

    asyncio.run(scene())


def test_nobody_of_another_workplace_is_sent_away(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member = add(shop)
            come_in = session(member)
            await market.ask(member)
            await market.ask(come_in)
            for works_in in (MARKET, shop + 1, -1):
                asked = ask(staff.EndMembership, staff_id=member.staff_id, works_in=works_in)
                assert await market.ask(asked) == Refused("member_unknown")
            assert await find(market, come_in.session_id) is not None

    asyncio.run(scene())
