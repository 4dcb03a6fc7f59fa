"""Retrying: under a new number, and only when the old one cannot arrive any more."""

import asyncio

from jishi import after_sale
from tests.after_sale.scene import PRICE_FEN, end, paid, refunding, retry


def test_a_closed_refund_is_retried_once_under_a_new_number(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            case_id = await refunding(on)
            assert await on.is_refused(retry(on, case_id), "case_elsewhere")
            assert await on.is_refused(retry(on, 1), "case_unknown")
            await end(on, case_id, "closed")
            answers = await asyncio.gather(
                *(on.market.ask(retry(on, case_id), wait=5) for _ in range(3))
            )
            assert sum(isinstance(each, after_sale.RefundRetried) for each in answers) == 1
            first, second = await on.refunds(case_id)
            assert first[0] != second[0]
            assert [first[1:], second[1:]] == [(PRICE_FEN, "closed"), (PRICE_FEN, "asked")]
            await end(on, case_id, "succeeded")
            assert await on.state(case_id) == "done"

    asyncio.run(scene())


def test_an_abnormal_refund_may_still_arrive(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            case_id = await refunding(on)
            await end(on, case_id, "abnormal")
            assert await on.is_refused(retry(on, case_id), "refund_open")
            await end(on, case_id, "closed")
            assert isinstance(await on.market.ask(retry(on, case_id)), after_sale.RefundRetried)

    asyncio.run(scene())
