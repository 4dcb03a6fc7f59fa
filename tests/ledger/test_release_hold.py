"""Releasing: only what lapsed and was declined comes back."""

import asyncio
from uuid import uuid4

from jishi import ledger
from jishi.kernel import Refused
from tests.ledger.scene import allowance, follow_up, held, lapse, state, two_books


def test_a_lapsed_hold_that_nobody_used_is_given_back(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            hold_id = await held(it)
            assert isinstance(await lapse(it, hold_id), ledger.HoldLapsed)
            assert (await state(it, hold_id), await allowance(it)) == ("lapsing", 2)
            await follow_up(it.market)
            assert (await state(it, hold_id), await allowance(it)) == ("released", 3)

    asyncio.run(scene())


def test_a_hold_that_has_not_lapsed_is_not_released(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            hold_id = await held(it)
            early = ledger.ReleaseHold(key=uuid4(), book=it.people, actor_id=0, hold_id=hold_id)
            assert await it.market.ask(early) == Refused("hold_settled", {"state": "held"})
            assert (await state(it, hold_id), await allowance(it)) == ("held", 2)

    asyncio.run(scene())
