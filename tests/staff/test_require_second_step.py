"""Who leads a place of work may require the second step there, and nowhere else."""

import asyncio

from jishi import staff
from jishi.kernel import MARKET, Refused
from tests.conftest import opened
from tests.staff.scene import add, ask, authenticator, find, session


def test_whoever_has_none_lacks_it_as_long_as_it_is_required(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            owner, member = add(shop), add(shop, "goods")
            come_in = session(member)
            for each in (owner, member, come_in):
                await market.ask(each)

            async def require(works_in: int, by: int, *, is_required: bool = True) -> object:
                return await market.ask(
                    ask(
                        staff.RequireSecondStep, works_in=works_in, actor_id=by,
                        is_required=is_required,
                    )
                )  # fmt: skip

            async def lacks() -> bool:
                found = await find(market, come_in.session_id)
                assert found is not None
                return found.lacks_second_step

            beyond = Refused("beyond_own_permissions")
            assert await require(shop, member.staff_id) == beyond
            assert await require(MARKET, owner.staff_id) == beyond
            assert await require(shop + 1, 0) == Refused("workplace_unknown")
            assert not await lacks()
            said = staff.SecondStepRequired(subject_id=shop, is_required=True)
            assert await require(shop, owner.staff_id) == said
            assert await lacks()
            await market.ask(authenticator(member))
            assert not await lacks()
            assert await require(shop, owner.staff_id, is_required=False) != beyond

    asyncio.run(scene())
