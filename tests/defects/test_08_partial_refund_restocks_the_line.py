"""Defect 8: a partial refund put the whole line back in stock; here exactly what came back."""

import asyncio

from jishi import after_sale
from tests.after_sale.scene import STOCK, UNITS, agree, on_its_way, paid, receive


def test_refunding_one_of_three_unsent_puts_one_back(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "paid") as on:
            case_id = await on.case(quantity=1)
            assert isinstance(await on.market.ask(agree(on, case_id)), after_sale.CaseAgreed)
            assert await on.held("shelf") == STOCK - UNITS + 1

    asyncio.run(scene())


def test_of_three_returned_only_what_was_counted_is_there(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            case_id = await on_its_way(on, "return_and_refund", UNITS)
            answer = await on.market.ask(receive(on, case_id, good=1, damaged=1))
            assert isinstance(answer, after_sale.GoodsReceived)
            assert (await on.held("shelf"), await on.held("damaged")) == (STOCK - UNITS + 1, 1)

    asyncio.run(scene())
