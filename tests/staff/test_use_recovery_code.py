"""A recovery code lets its member in once, as long as the authenticator holds."""

import asyncio

from jishi import staff
from jishi.kernel import Refused
from tests.conftest import opened
from tests.staff.scene import add, ask, authenticator


def test_a_code_is_used_once_by_its_member(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member, other = add(shop), add(shop)
            for each in (member, other, authenticator(member)):
                await market.ask(each)

            def use(who: staff.AddMember, code: str) -> staff.UseRecoveryCode:
                made: staff.UseRecoveryCode = ask(
                    staff.UseRecoveryCode, staff_id=who.staff_id, digest=staff.rules.digest(code)
                )
                return made

            assert await market.ask(use(other, "1")) == Refused("code_wrong")
            assert await market.ask(use(member, "10")) == Refused("code_wrong")
            both = await asyncio.gather(market.ask(use(member, "1")), market.ask(use(member, "1")))
            assert staff.RecoveryCodeUsed(subject_id=member.staff_id, left=9) in both
            assert Refused("code_wrong") in both
            gone = ask(staff.RemoveAuthenticator, staff_id=member.staff_id, works_in=shop)
            await market.ask(gone)
            assert await market.ask(use(member, "2")) == Refused("code_wrong")

    asyncio.run(scene())
