"""Defect 17: a return was done and moved no money; here done means that its refund succeeded."""

import asyncio

from jishi import after_sale
from tests.after_sale.scene import PRICE_FEN, end, on_its_way, paid, receive


def test_a_return_is_done_only_when_its_money_is_back(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            case_id = await on_its_way(on, "return_and_refund")
            answer = await on.market.ask(receive(on, case_id), wait=5)
            assert isinstance(answer, after_sale.GoodsReceived)
            assert await on.state(case_id) == "refunding"
            await end(on, case_id, "succeeded")
            assert await on.state(case_id) == "done"
            assert [each[1:] for each in await on.refunds(case_id)] == [(PRICE_FEN, "succeeded")]

    asyncio.run(scene())


def test_the_promise_finds_a_case_that_is_done_without_it(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            case_id = await on_its_way(on, "return_and_refund")
            await on.market.ask(receive(on, case_id), wait=5)
            async with on.owner.transaction():
                await on.owner.execute(
                    "update after_sale.cases set state = 'done' where case_id = $1", case_id
                )
                broken = await on.owner.fetch(
                    "select case_id from after_sale.no_case_is_done_without_its_money"
                )
                assert [row["case_id"] for row in broken] == [case_id]
                await on.owner.execute(
                    "update after_sale.cases set state = 'refunding' where case_id = $1", case_id
                )

    asyncio.run(scene())
