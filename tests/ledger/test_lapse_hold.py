"""Lapsing: by the clock, never before, and the amount stays until the answer."""

import asyncio
from uuid import uuid4

from jishi import ledger
from jishi.kernel import Refused, new_id
from tests.conftest import opened, run_as_owner
from tests.ledger.scene import allowance, follow_up, held, lapse, state, two_books


def test_a_hold_is_not_lapsed_before_its_time(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            hold_id = await held(it)
            early = ledger.LapseHold(key=uuid4(), book=it.people, actor_id=0, hold_id=hold_id)
            assert await it.market.ask(early) == Refused("not_yet_due")
            none = ledger.LapseHold(key=uuid4(), book=it.people, actor_id=0, hold_id=new_id())
            assert await it.market.ask(none) == Refused("hold_unknown")
            assert await state(it, hold_id) == "held"

    asyncio.run(scene())


def test_a_hold_lapses_once(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            hold_id = await held(it)
            await lapse(it, hold_id)
            assert await lapse(it, hold_id) == Refused("hold_settled", {"state": "lapsing"})
            assert await allowance(it) == 2

    asyncio.run(scene())


def test_the_clock_finds_what_is_due(fresh_database: tuple[str, str]) -> None:
    url, owner_url = fresh_database

    async def scene() -> None:
        async with two_books(url, owner_url) as it:
            hold_id = await held(it)
            late = "update ledger.holds set expires_at = now() - interval '1 s'"
            await run_as_owner(owner_url, late)
            async with opened(url) as other:
                await ledger.expiry.lapse_holds(other)
                await follow_up(other)
            assert (await state(it, hold_id), await allowance(it)) == ("released", 3)

    asyncio.run(scene())
