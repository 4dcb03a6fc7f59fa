"""Judging: the market's verdict, with its reason, and never above the claim."""

import asyncio

from jishi import after_sale
from tests.after_sale.scene import PRICE_FEN, STOCK, UNITS, Scene, escalate, judge, paid, refuse


async def disputed(on: Scene) -> int:
    """Lead a case into dispute."""
    case_id = await on.case()
    await on.market.ask(refuse(on, case_id))
    await on.market.ask(escalate(on, case_id))
    return case_id


def test_a_verdict_gives_a_part_with_its_reason(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "paid") as on:
            ask = on.market.ask
            case_id = await disputed(on)
            assert await on.is_refused(judge(on, case_id, note=""), "text_out_of_bounds")
            assert await on.is_refused(judge(on, case_id, "done"), "verdict_unknown")
            assert await on.is_refused(judge(on, case_id, "buyer_to_return"), "verdict_unknown")
            assert await on.is_refused(
                judge(on, case_id, fen=PRICE_FEN + 1), "refund_out_of_bounds"
            )
            assert await on.is_refused(judge(on, case_id, fen=0), "refund_out_of_bounds")
            assert await on.is_refused(judge(on, 1), "case_unknown")
            answer = await ask(judge(on, case_id, fen=100))
            assert isinstance(answer, after_sale.CaseJudged)
            assert (answer.state, answer.refund_fen) == ("refunding", 100)
            assert await on.held("shelf") == STOCK - UNITS + 1
            assert await on.is_refused(judge(on, case_id), "case_elsewhere")
            assert (await on.log(case_id))[-1] == ("operator", "judged", "refunding")

    asyncio.run(scene())


def test_it_may_close_or_let_the_goods_come_first(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            ask = on.market.ask
            case_id = await disputed(on)
            answer = await ask(judge(on, case_id, "closed"))
            assert isinstance(answer, after_sale.CaseJudged)
            assert await on.state(case_id) == "closed"
            case_id = await disputed(on)
            await ask(judge(on, case_id, "buyer_to_return"))
            assert await on.state(case_id) == "buyer_to_return"
            row = await on.owner.fetchval(
                "select refund_fen from after_sale.cases where case_id = $1", case_id
            )
            assert row == PRICE_FEN

    asyncio.run(scene())
