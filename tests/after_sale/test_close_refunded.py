"""Closing what was refunded: the whole order, once, and its goods are for sale again."""

import asyncio

from jishi import after_sale
from tests.after_sale.scene import STOCK, UNITS, close, end, paid, refunding


def test_an_order_is_closed_with_its_last_refund(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "paid") as on:
            first, last = await refunding(on, 1), await refunding(on, UNITS - 1)
            await end(on, first, "succeeded")
            assert await on.is_refused(close(on, on.order_id), "order_not_refunded")
            await end(on, last, "succeeded")
            answers = await asyncio.gather(
                *(on.market.ask(close(on, on.order_id)) for _ in range(3))
            )
            closed = after_sale.RefundedClosed(subject_id=on.order_id)
            assert answers.count(closed) == 1
            row = await on.owner.fetchrow(
                "select placed.state, (select array_agg(step.reason order by step.number)"
                " from trade.order_steps as step where step.book = $1 and step.order_id = $2"
                " and step.state = 'closed') as reasons"
                " from trade.orders as placed where placed.book = $1 and placed.order_id = $2",
                on.book,
                on.order_id,
            )
            assert row is not None
            assert tuple(row) == ("closed", ["all_refunded"])
            assert await on.held("shelf") == STOCK
            left = await on.owner.fetchval(
                "select balance from ledger.accounts"
                " where book = $1 and kind = 'escrow' and holder = $2",
                on.book,
                on.order_id,
            )
            assert left == 0

    asyncio.run(scene())


def test_what_is_not_refunded_is_not_closed(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "shipped") as on:
            case_id = await refunding(on, UNITS)
            await end(on, case_id, "succeeded")
            assert await on.is_refused(close(on, on.order_id), "order_not_refunded")
            assert await on.is_refused(close(on, 1), "order_unknown")

    asyncio.run(scene())
