"""Declining: the other book has one answer about a hold, for ever."""

import asyncio
from uuid import uuid4

import pytest

from jishi import ledger
from jishi.kernel import Refused
from tests.ledger.scene import (
    Scene,
    allowance,
    board,
    follow_up,
    held,
    lapse,
    state,
    two_books,
)
from tests.ledger.toy import Boarded


def decline(scene: Scene, hold_id: int) -> ledger.DeclineHold:
    """Ask the shop whether it used a hold."""
    return ledger.DeclineHold(
        key=uuid4(), book=scene.shop, actor_id=0, hold_id=hold_id, from_book=scene.people
    )


def test_what_was_declined_can_never_be_used(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            hold_id = await held(it)
            assert isinstance(await it.market.ask(decline(it, hold_id)), ledger.HoldDeclined)
            assert await it.market.ask(board(it, hold_id)) == Refused("ticket_void")
            assert await it.market.ask(decline(it, hold_id)) == Refused("hold_declined")

    asyncio.run(scene())


def test_what_was_used_can_never_be_declined(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            hold_id = await held(it)
            assert isinstance(await it.market.ask(board(it, hold_id)), Boarded)
            assert await it.market.ask(decline(it, hold_id)) == Refused("hold_used")

    asyncio.run(scene())


@pytest.mark.parametrize("turn", range(6))
def test_racing_use_and_decline_never_both_win(
    database_url: str, owner_url: str, turn: int
) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url, touches=20) as it:
            ids = [await held(it) for _ in range(20)]
            ended = await asyncio.gather(
                *(lapse(it, each) for each in ids[turn::2]),
                *(it.market.ask(board(it, each)) for each in ids),
                follow_up(it.market),
            )
            await follow_up(it.market)
            used = sum(isinstance(each, Boarded) for each in ended)
            assert await allowance(it) == 20 - used
            for each in ids:
                assert await state(it, each) in {"confirmed", "released"}

    asyncio.run(scene())
