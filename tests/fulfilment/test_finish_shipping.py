"""Finishing: when the rest is refunded unsent, what was sent is all that goes."""

import asyncio

from tests.after_sale.scene import agree, follow
from tests.fulfilment.parcel_scene import bought, finish, receive, ship


def test_the_rest_is_refunded_and_the_order_goes_on(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            assert await on.reason(finish(on)) == "order_elsewhere"
            assert await on.reason(finish(on, 1)) == "order_unknown"
            await on.market.ask(ship(on, (2, 2)))
            assert await on.reason(finish(on)) == "units_left"
            case_id = await on.case.case("refund_only", 3)
            await on.market.ask(agree(on.case, case_id))
            # What follows when its money has arrived, by the reaction of after-sale.
            await on.market.ask(follow(on.case, case_id, "succeeded"), wait=5)
            assert await on.state() == "shipped"
            assert (await on.steps())[-1] == "rest_refunded"
            assert await on.reason(receive(on)) == ""

    asyncio.run(scene())
