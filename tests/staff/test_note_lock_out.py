"""A lock-out is noted once a quarter of an hour, however many guesses come."""

import asyncio

from jishi import staff
from jishi.kernel import Refused
from tests.conftest import opened
from tests.staff.scene import add, ask


def test_a_crowd_of_guesses_leaves_one_note(database_url: str, shop: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            member = add(shop)
            asked = [ask(staff.NoteLockOut, staff_id=member.staff_id) for _ in range(3)]
            assert await market.ask(asked[0]) == Refused("member_unknown")
            await market.ask(member)
            answers = await asyncio.gather(market.ask(asked[1]), market.ask(asked[2]))
            assert staff.LockOutNoted(subject_id=member.staff_id) in answers
            assert Refused("lock_out_noted") in answers
            later = ask(staff.NoteLockOut, staff_id=member.staff_id)
            assert await market.ask(later) == Refused("lock_out_noted")

    asyncio.run(scene())
