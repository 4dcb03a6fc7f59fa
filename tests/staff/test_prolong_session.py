"""A session in use goes on, but not beyond its seven days, and not when it is over."""

import asyncio
from datetime import timedelta

from jishi import staff
from jishi.kernel import Refused
from tests.conftest import opened
from tests.staff.scene import add, ask, find, session
from tests.web.reader import change


def test_a_session_in_use_goes_on_within_seven_days(
    database_url: str, owner_url: str, shop: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member = add(shop)
            await market.ask(member)
            asked = session(member)
            await market.ask(asked)
            age = "update staff.sessions set opened_at = opened_at - $2::interval, \
                   ends_at = now() + interval '1 hour' where session_id = $1"
            await change(owner_url, (age, [asked.session_id, timedelta(hours=20)]))
            go_on = ask(staff.ProlongSession, session_id=asked.session_id)
            assert await market.ask(go_on) == staff.SessionProlonged(
                subject_id=member.staff_id, session_id=asked.session_id
            )
            found = await find(market, asked.session_id)
            assert found is not None
            left = found.ends_at - found.opened_at
            assert timedelta(hours=32) <= left <= timedelta(hours=32, minutes=1)
            await change(owner_url, (age, [asked.session_id, timedelta(days=6)]))
            await market.ask(ask(staff.ProlongSession, session_id=asked.session_id))
            found = await find(market, asked.session_id)
            assert found is not None
            assert found.ends_at - found.opened_at == timedelta(days=7)

    asyncio.run(scene())


def test_a_session_that_is_over_stays_over(database_url: str, owner_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member = add(shop)
            await market.ask(member)
            asked = session(member)
            await market.ask(asked)
            end = "update staff.sessions set ends_at = now() where session_id = $1"
            await change(owner_url, (end, [asked.session_id]))
            assert await find(market, asked.session_id) is None
            for odd in (asked.session_id, 0, -1):
                answer = await market.ask(ask(staff.ProlongSession, session_id=odd))
                assert answer == Refused("session_ended")

    asyncio.run(scene())
