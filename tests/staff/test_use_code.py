"""A code lets in once, and no older one after it."""

import asyncio

from jishi import staff
from jishi.kernel import Refused
from tests.conftest import opened
from tests.staff.scene import add, ask, authenticator


def test_a_step_is_used_once_even_by_two_at_once(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member = add(shop)

            def use(step: int) -> staff.UseCode:
                made: staff.UseCode = ask(staff.UseCode, staff_id=member.staff_id, step=step)
                return made

            assert await market.ask(use(11)) == Refused("member_unknown")
            await market.ask(member)
            assert await market.ask(use(11)) == Refused("authenticator_missing")
            await market.ask(authenticator(member))
            assert await market.ask(use(10)) == Refused("code_used"), "it set the authenticator"
            both = await asyncio.gather(market.ask(use(11)), market.ask(use(11)))
            assert staff.CodeUsed(subject_id=member.staff_id, step=11) in both
            assert Refused("code_used") in both
            assert await market.ask(use(12)) == staff.CodeUsed(subject_id=member.staff_id, step=12)
            assert await market.ask(use(11)) == Refused("code_used")

    asyncio.run(scene())
