"""Correcting: the last number told is the one that is asked after; the first stays written."""

import asyncio

from jishi import fulfilment
from tests.fulfilment.parcel_scene import Scene, bought, correct, receive, ship


async def only_parcel(on: Scene) -> fulfilment.parcels.views.Parcel:
    """Give the order's only parcel."""
    (found,) = await on.market.look(
        fulfilment.parcels.views.parcels, book=on.book, of_book=on.book, order_id=on.order_id
    )
    return found


def test_a_wrong_number_is_put_right(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            await on.market.ask(ship(on))
            parcel = await only_parcel(on)
            assert await on.reason(correct(on, 1)) == "parcel_unknown"
            wrong = correct(on, parcel.number, carrier="?")
            assert await on.reason(wrong) == "parcel_untraceable"
            assert await on.reason(correct(on, parcel.number)) == ""
            after = await only_parcel(on)
            assert (after.carrier, after.tracking_number) == ("ZTO", "ZT7654321")
            await on.market.ask(receive(on))
            assert await on.reason(correct(on, parcel.number)) == "order_elsewhere"

    asyncio.run(scene())
