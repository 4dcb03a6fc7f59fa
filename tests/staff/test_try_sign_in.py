"""Tries to sign in are few, however many come at once; coming in wipes them away."""

import asyncio

from jishi import staff
from jishi.kernel import Refused
from tests.conftest import opened
from tests.staff.scene import add, ask, link, password, session


def test_of_forty_guesses_at_once_five_are_looked_at(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member = add(shop)
            await market.ask(member)
            tries = [ask(staff.TrySignIn, staff_id=member.staff_id) for _ in range(40)]
            answers = await asyncio.gather(*map(market.ask, tries))
            assert answers.count(staff.SignInTried(subject_id=member.staff_id)) == 5
            locked = Refused("sign_in_locked", {"minutes": 15}, is_final=False)
            assert answers.count(locked) == 35

    asyncio.run(scene())


def test_coming_in_and_a_new_password_wipe_the_tries_away(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member = add(shop)
            await market.ask(member)
            way_in = link(member)
            await market.ask(way_in)

            async def tries() -> list[bool]:
                asked = [ask(staff.TrySignIn, staff_id=member.staff_id) for _ in range(6)]
                return [isinstance(await market.ask(each), Refused) for each in asked]

            assert await tries() == [False] * 5 + [True]
            await market.ask(session(member))
            assert await tries() == [False] * 5 + [True]
            await market.ask(password(way_in))
            assert await tries() == [False] * 5 + [True]

    asyncio.run(scene())


def test_nobody_is_tried_who_is_not_there(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            for odd in (0, -1, 2**63 - 1):
                answer = await market.ask(ask(staff.TrySignIn, staff_id=odd))
                assert answer == Refused("member_unknown")

    asyncio.run(scene())
