"""Replacing: other goods leave the shelf, once, if they are there."""

import asyncio

from jishi import after_sale
from tests.after_sale.scene import STOCK, UNITS, on_its_way, paid, receive, replace


def test_a_replacement_leaves_the_shelf_once(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            case_id = await on_its_way(on, "exchange")
            assert await on.is_refused(replace(on, case_id), "case_elsewhere")
            assert await on.is_refused(replace(on, 1), "case_unknown")
            await ask(receive(on, case_id, good=0, damaged=1))
            assert await on.is_refused(replace(on, case_id, number=""), "parcel_unclear")
            answers = await asyncio.gather(*(ask(replace(on, case_id)) for _ in range(3)))
            assert sum(isinstance(each, after_sale.ReplacementSent) for each in answers) == 1
            assert await on.held("shelf") == STOCK - UNITS - 1
            assert (await on.log(case_id))[-1] == (
                "seller",
                "replacement_sent",
                "exchange_shipping",
            )

    asyncio.run(scene())


def test_what_is_not_there_is_not_sent(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped", stock=UNITS) as on:
            ask = on.market.ask
            case_id = await on_its_way(on, "exchange")
            await ask(receive(on, case_id, good=0, damaged=1))
            assert await on.is_refused(replace(on, case_id), "out_of_stock")

    asyncio.run(scene())
