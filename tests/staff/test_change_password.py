"""A changed password holds at once, and whoever else was in by the old one is out."""

import asyncio

import pytest

from jishi import staff
from jishi.kernel import MARKET, Refused
from tests.conftest import opened
from tests.staff.scene import HASH, add, ask, find, session


def test_the_new_password_holds_and_the_other_browsers_are_out(
    database_url: str, shop: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member, colleague = add(shop), add(shop)
            here, there, theirs = session(member), session(member), session(colleague)
            for each in (member, colleague, here, there, theirs):
                await market.ask(each)
            who = {"staff_id": member.staff_id, "session_id": here.session_id}
            changed = await market.ask(ask(staff.ChangePassword, hash=HASH + "x", **who))
            assert changed == staff.PasswordChanged(
                subject_id=member.staff_id, session_id=here.session_id
            )
            kept = await market.look(staff.views.sign_in_member, book=MARKET, name=member.name)
            assert kept is not None
            assert kept.hash == HASH + "x"
            assert await find(market, here.session_id) is not None
            assert await find(market, there.session_id) is None
            assert await find(market, theirs.session_id) is not None

    asyncio.run(scene())


@pytest.mark.parametrize("wrong", ["", "plain", HASH + "\x00", HASH + "x" * 999])
def test_no_plain_password_is_kept(database_url: str, shop: int, wrong: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member = add(shop)
            here = session(member)
            for each in (member, here):
                await market.ask(each)
            who = {"staff_id": member.staff_id, "session_id": here.session_id}
            asked = ask(staff.ChangePassword, hash=wrong, **who)
            assert await market.ask(asked) == Refused("hash_out_of_bounds")
            asked = ask(staff.ChangePassword, hash=HASH, **(who | {"staff_id": 5}))
            assert await market.ask(asked) == Refused("session_ended")
            kept = await market.look(staff.views.sign_in_member, book=MARKET, name=member.name)
            assert kept is not None
            assert kept.hash == ""

    asyncio.run(scene())
