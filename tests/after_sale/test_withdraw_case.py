"""Withdrawing: the buyer's own case, until his goods are on their way."""

import asyncio

from jishi import after_sale
from tests.after_sale.scene import agree, on_its_way, paid, withdraw


def test_a_buyer_lets_his_case_go_once(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            case_id = await on.case()
            assert await on.is_refused(withdraw(on, case_id, buyer=8), "case_unknown")
            assert await ask(withdraw(on, case_id)) == after_sale.CaseWithdrawn(subject_id=case_id)
            assert await on.is_refused(withdraw(on, case_id), "case_elsewhere")
            assert (await on.log(case_id))[-1] == ("buyer", "withdrawn", "closed")
            assert await on.owner.fetchval(
                "select act_until is null from after_sale.cases where case_id = $1", case_id
            )

    asyncio.run(scene())


def test_what_is_agreed_or_on_its_way_is_not_withdrawn(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            agreed = await on.case()
            await ask(agree(on, agreed))
            assert await on.is_refused(withdraw(on, agreed), "case_elsewhere")
            sent = await on_its_way(on, "return_and_refund")
            assert await on.is_refused(withdraw(on, sent), "case_elsewhere")

    asyncio.run(scene())
