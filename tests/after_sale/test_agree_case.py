"""Agreeing: the money goes back, or the goods may come; unsent goods lie on the shelf again."""

import asyncio

from jishi import after_sale
from tests.after_sale.scene import PRICE_FEN, STOCK, UNITS, agree, on_its_way, paid, refuse_goods


def test_what_was_not_sent_is_for_sale_again(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "paid") as on:
            ask = on.market.ask
            case_id = await on.case(quantity=1)
            assert await on.held("shelf") == STOCK - UNITS
            answers = await asyncio.gather(*(ask(agree(on, case_id)) for _ in range(5)))
            [agreed] = [each for each in answers if isinstance(each, after_sale.CaseAgreed)]
            assert (agreed.state, agreed.refund_fen) == ("refunding", PRICE_FEN)
            assert await on.held("shelf") == STOCK - UNITS + 1
            assert (await on.log(case_id))[1:] == [("seller", "agreed", "refunding")]

    asyncio.run(scene())


def test_what_is_only_refunded_stays_with_the_buyer(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            case_id = await on.case()
            agreed = await ask(agree(on, case_id))
            assert isinstance(agreed, after_sale.CaseAgreed)
            assert (agreed.state, agreed.unsent) == ("refunding", None)
            assert await on.held("shelf") == STOCK - UNITS

    asyncio.run(scene())


def test_goods_may_come_and_a_seller_may_give_in(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            assert await on.is_refused(agree(on, 1), "case_unknown")
            case_id = await on.case("return_and_refund")
            assert await on.is_refused(agree(on, case_id, "x" * 501), "text_out_of_bounds")
            agreed = await ask(agree(on, case_id, "寄到仓库"))
            assert isinstance(agreed, after_sale.CaseAgreed)
            assert agreed.state == "buyer_to_return"
            assert await on.is_refused(agree(on, case_id), "case_elsewhere")
            sent = await on_its_way(on, "return_and_refund")
            await ask(refuse_goods(on, sent))
            agreed = await ask(agree(on, sent))
            assert isinstance(agreed, after_sale.CaseAgreed)
            assert agreed.state == "refunding"
            assert await on.held("shelf") == STOCK - UNITS

    asyncio.run(scene())
