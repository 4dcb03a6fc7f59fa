"""Defect 9: what was sold out never got its stock back; here the last units are for sale again."""

import asyncio

from jishi import after_sale
from tests.after_sale.scene import UNITS, agree, paid


def test_the_last_units_come_back_to_an_empty_shelf(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "paid", stock=UNITS) as on:
            assert await on.held("shelf") == 0
            case_id = await on.case(quantity=1)
            assert isinstance(await on.market.ask(agree(on, case_id)), after_sale.CaseAgreed)
            assert await on.held("shelf") == 1

    asyncio.run(scene())
