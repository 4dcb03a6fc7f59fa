"""What stopped itself goes on once somebody says so, and that is on record."""

import asyncio

from jishi import staff
from jishi.kernel import MARKET, Refused
from jishi.kernel.schedule import braked
from tests.conftest import opened
from tests.staff.scene import ask
from tests.web.reader import change

STOP = "insert into kernel.schedules (name, brake, braked_at) values ($1, 'the clock', now())"
CLEAR = "delete from kernel.schedules where name = $1"


def test_one_goes_on_and_the_others_stay(database_url: str, owner_url: str, shop: int) -> None:
    async def scene() -> None:
        mine, other = f"probe.{shop}", f"other.{shop}"
        await change(owner_url, (STOP, [mine]), (STOP, [other]))
        async with opened(database_url) as market:
            elsewhere = ask(staff.ReleaseBrake, name=mine, book=shop)
            assert await market.ask(elsewhere) == Refused("wrong_book")
            answer = await market.ask(ask(staff.ReleaseBrake, name=mine, actor_id=5))
            assert answer == staff.BrakeReleased(subject_id=MARKET, name=mine)
            names = {each.name for each in await market.look(braked)}
            assert (mine in names, other in names) == (False, True)
            again = await market.ask(ask(staff.ReleaseBrake, name=mine))
            assert again == Refused("brake_unknown")
        await change(owner_url, (CLEAR, [mine]), (CLEAR, [other]))

    asyncio.run(scene())
