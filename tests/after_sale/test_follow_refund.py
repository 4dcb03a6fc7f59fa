"""Following a refund: done when the money is back, stuck when it is not."""

import asyncio

from jishi import after_sale
from tests.after_sale.scene import PRICE_FEN, end, follow, paid, refunding


def test_a_case_is_done_when_its_money_is_back(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            case_id = await refunding(on, 2)
            [(_, fen, state)] = await on.refunds(case_id)
            assert (fen, state) == (2 * PRICE_FEN, "asked")
            assert await on.state(case_id) == "refunding"
            await end(on, case_id, "succeeded")
            assert await on.log(case_id) == [
                ("buyer", "opened", "seller_review"),
                ("seller", "agreed", "refunding"),
                ("money", "refund_succeeded", "done"),
            ]
            assert await on.is_refused(follow(on, case_id, "succeeded"), "case_elsewhere")

    asyncio.run(scene())


def test_a_stuck_refund_waits_and_may_be_settled(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            case_id = await refunding(on)
            await end(on, case_id, "abnormal")
            assert await on.state(case_id) == "refund_stuck"
            await end(on, case_id, "succeeded")
            assert await on.state(case_id) == "done"

    asyncio.run(scene())


def test_only_what_is_refunding_is_followed(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            case_id = await on.case()
            assert await on.is_refused(follow(on, case_id, "succeeded"), "case_elsewhere")
            assert await on.is_refused(follow(on, 1, "succeeded"), "case_unknown")
            assert await on.is_refused(follow(on, case_id, "?"), "outcome_unknown")
            other = await refunding(on)
            answer = await on.market.ask(follow(on, other, "closed"))
            assert answer == after_sale.RefundFollowed(
                subject_id=other, order_id=on.order_id, state="refund_stuck"
            )

    asyncio.run(scene())
