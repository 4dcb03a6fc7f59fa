"""Holding: what is there is set aside, and no more."""

import asyncio

from jishi import ledger
from jishi.kernel import Refused, new_id
from tests.ledger.scene import allowance, hold_request, two_books


def test_a_hold_takes_what_is_there_and_no_more(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            asked = [hold_request(it, new_id()) for _ in range(5)]
            answers = await asyncio.gather(*map(it.market.ask, asked))
            assert sum(isinstance(answer, ledger.AmountHeld) for answer in answers) == 3
            assert answers[-1] == Refused("nothing_there", {"there": 0})
            assert await allowance(it) == 0

    asyncio.run(scene())


def test_a_hold_is_refused_out_of_bounds_and_twice(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            ask = it.market.ask
            assert await ask(hold_request(it, 1, amount=0)) == Refused("amount_out_of_bounds")
            refused = Refused("seconds_out_of_bounds", {"seconds_max": 86_400})
            assert await ask(hold_request(it, 1, seconds=0)) == refused
            hold_id = new_id()
            assert isinstance(await ask(hold_request(it, hold_id)), ledger.AmountHeld)
            assert await ask(hold_request(it, hold_id)) == Refused("hold_id_taken")
            assert await allowance(it) == 2

    asyncio.run(scene())
