"""Escalating: whoever was refused may ask the market."""

import asyncio

from jishi import after_sale
from tests.after_sale.scene import STAFF, escalate, on_its_way, paid, refuse, refuse_goods


def test_a_refused_buyer_asks_the_market_to_decide(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            case_id = await on.case()
            assert await on.is_refused(escalate(on, case_id), "case_elsewhere")
            await ask(refuse(on, case_id))
            assert await on.is_refused(escalate(on, case_id, actor=8), "case_unknown")
            assert await on.is_refused(escalate(on, case_id, "seller", STAFF), "case_elsewhere")
            assert await on.is_refused(escalate(on, case_id, "money"), "case_elsewhere")
            assert await ask(escalate(on, case_id)) == after_sale.CaseEscalated(subject_id=case_id)
            assert (await on.log(case_id))[-1] == ("buyer", "escalated", "dispute")

    asyncio.run(scene())


def test_so_does_a_seller_who_refused_goods(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            sent = await on_its_way(on, "return_and_refund")
            await ask(refuse_goods(on, sent))
            assert await ask(escalate(on, sent, "seller", STAFF)) == after_sale.CaseEscalated(
                subject_id=sent
            )
            assert (await on.log(sent))[-1] == ("seller", "escalated", "dispute")

    asyncio.run(scene())
