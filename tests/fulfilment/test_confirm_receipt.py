"""Receipt: by the buyer's own hand, or by the clock after ten days; then the window runs."""

import asyncio

from jishi import fulfilment
from tests.conftest import opened
from tests.fulfilment.parcel_scene import bought, receive, ship


def test_a_buyer_confirms_once_all_was_sent(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            assert await on.reason(receive(on)) == "order_elsewhere"
            await on.market.ask(ship(on, (1, 1)))
            assert await on.reason(receive(on)) == "order_elsewhere"
            await on.market.ask(ship(on, (1, 2), (2, 2)))
            assert await on.reason(receive(on, 8)) == "order_unknown"
            assert await on.reason(receive(on, order_id=1)) == "order_unknown"
            assert await on.reason(receive(on, 0)) == "not_yet_due"
            told = fulfilment.ReceiptConfirmed(subject_id=on.order_id, is_by_clock=False)
            assert await on.market.ask(receive(on)) == told
            assert await on.reason(receive(on)) == "order_elsewhere"
            assert (await on.steps())[-1] == "receipt_confirmed"

    asyncio.run(scene())


def test_the_clock_confirms_after_ten_days(fresh_database: tuple[str, str]) -> None:
    async def scene() -> None:
        async with bought(*fresh_database) as on:
            await on.market.ask(ship(on))
            for ago, state in (("9 days 23 hours 59 minutes", "shipped"), ("10 days", "received")):
                await on.sent_ago(ago)
                async with opened(fresh_database[0]) as market:
                    await fulfilment.receipt.receive_orders(market)
                assert await on.state() == state
            assert (await on.steps())[-1] == "received_by_itself"

    asyncio.run(scene())
