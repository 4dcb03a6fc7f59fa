"""Confirming: what the other book used goes to its taker, once."""

import asyncio
from uuid import uuid4

from jishi import ledger
from jishi.kernel import Refused, new_id
from tests.ledger.scene import allowance, board, follow_up, held, lapse, state, two_books
from tests.ledger.toy import Boarded


def test_a_used_hold_is_confirmed(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            hold_id = await held(it)
            assert isinstance(await it.market.ask(board(it, hold_id)), Boarded)
            await follow_up(it.market)
            assert (await state(it, hold_id), await allowance(it)) == ("confirmed", 2)

    asyncio.run(scene())


def test_a_hold_used_while_its_time_ran_out_is_still_confirmed(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            hold_id = await held(it)
            assert isinstance(await it.market.ask(board(it, hold_id)), Boarded)
            await lapse(it, hold_id)
            await follow_up(it.market)
            assert (await state(it, hold_id), await allowance(it)) == ("confirmed", 2)

    asyncio.run(scene())


def test_a_hold_is_confirmed_once_and_only_if_there_is_one(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            hold_id = await held(it)

            def confirm(which: int) -> ledger.ConfirmHold:
                return ledger.ConfirmHold(key=uuid4(), book=it.people, actor_id=0, hold_id=which)

            assert isinstance(await it.market.ask(confirm(hold_id)), ledger.HoldConfirmed)
            again = await it.market.ask(confirm(hold_id))
            assert again == Refused("hold_settled", {"state": "confirmed"})
            assert await it.market.ask(confirm(new_id())) == Refused("hold_unknown")
            assert await allowance(it) == 2

    asyncio.run(scene())
