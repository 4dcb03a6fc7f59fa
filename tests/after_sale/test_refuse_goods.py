"""Refusing goods: what came is not accepted, with a reason, and nothing is restocked."""

import asyncio

from jishi import after_sale
from tests.after_sale.scene import STOCK, UNITS, on_its_way, paid, refuse_goods


def test_refused_goods_are_not_restocked(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            case_id = await on.case("return_and_refund")
            assert await on.is_refused(refuse_goods(on, case_id), "case_elsewhere")
            sent = await on_its_way(on, "return_and_refund")
            assert await on.is_refused(refuse_goods(on, sent, ""), "text_out_of_bounds")
            assert await ask(refuse_goods(on, sent)) == after_sale.GoodsRefused(subject_id=sent)
            assert await on.held("shelf") == STOCK - UNITS
            assert (await on.log(sent))[-1] == ("seller", "goods_refused", "seller_refused_goods")

    asyncio.run(scene())
