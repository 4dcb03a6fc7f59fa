"""An authenticator is removed by its member or from above, by nobody else."""

import asyncio

from jishi import staff
from jishi.kernel import MARKET, Refused
from tests.conftest import opened
from tests.staff.scene import add, ask, authenticator


def test_from_himself_or_above_and_a_new_one_may_follow(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            owner, member = add(shop), add(shop, "goods")
            for each in (owner, member, authenticator(owner), authenticator(member)):
                await market.ask(each)

            def remove(of: staff.AddMember, by: int) -> staff.RemoveAuthenticator:
                made: staff.RemoveAuthenticator = ask(
                    staff.RemoveAuthenticator, staff_id=of.staff_id, works_in=shop, actor_id=by
                )
                return made

            beyond = await market.ask(remove(owner, member.staff_id))
            assert beyond == Refused("beyond_own_permissions")
            gone = staff.AuthenticatorRemoved(subject_id=member.staff_id, works_in=shop)
            assert await market.ask(remove(member, owner.staff_id)) == gone
            again = await market.ask(remove(member, member.staff_id))
            assert again == Refused("authenticator_missing")
            assert isinstance(
                await market.ask(authenticator(member, step=11)), staff.AuthenticatorSet
            )
            assert await market.ask(remove(member, member.staff_id)) == gone
            elsewhere = ask(staff.RemoveAuthenticator, staff_id=owner.staff_id, works_in=MARKET)
            assert await market.ask(elsewhere) == Refused("member_unknown")

    asyncio.run(scene())
