"""What carriers noted goes when a buyer is forgotten; that a parcel came, and when, stays."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest

from jishi import fulfilment
from jishi.kernel import Refused, new_id
from jishi.people.post import Carriers, post
from tests.fulfilment.parcel_scene import Scene, bought, receive
from tests.fulfilment.test_track_parcel import scan, seen, sent, track
from tests.people.persons import SECRET, erased, met
from tests.trade.orders import BUYER

MINE = "update trade.orders set buyer_id = $3 where book = $1 and order_id = $2"
TAKEN = "已签收，签收人王小明"


def forget(on: Scene, buyer: int = BUYER) -> fulfilment.ForgetScans:
    """Ask to forget them."""
    return fulfilment.ForgetScans(key=uuid4(), book=on.book, actor_id=buyer)


def test_time_and_state_are_left(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            parcel = await sent(on)
            assert await on.market.ask(forget(on)) == Refused("scans_unknown")
            noted = (scan("accepted", -5), scan("delivered", -1, TAKEN))
            await on.market.ask(track(parcel, on.book, *noted))
            assert await on.market.ask(forget(on, BUYER + 1)) == Refused("scans_unknown")
            gone = fulfilment.ScansForgotten(subject_id=BUYER, scans_count=2)
            assert await on.market.ask(forget(on)) == gone
            assert await seen(on) == [("delivered", ""), ("accepted", "")]
            assert await on.market.ask(forget(on)) == Refused("scans_unknown")
            with pytest.raises(asyncpg.RestrictViolationError):
                await on.owner.execute(
                    "update fulfilment.scans set state = 'lost' where book = $1", on.book
                )

    asyncio.run(scene())


def test_they_go_when_he_is_erased(database_url: str, owner_url: str) -> None:
    async def nobody() -> Carriers:
        return {}

    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            buyer = new_id()
            parcel = await sent(on)
            await on.market.ask(track(parcel, on.book, scan("delivered", -1, TAKEN)))
            await on.market.ask(receive(on))
            await on.owner.execute(MINE, on.book, on.order_id, buyer)
            post.open(nobody, on.market, SECRET)
            try:
                await on.market.ask(met(buyer))
                await on.market.ask(erased(buyer), wait=5)
            finally:
                post.close()
            assert await seen(on) == [("delivered", "")]

    asyncio.run(scene())


def test_a_buyer_takes_his_parcels_with_him(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            parcel = await sent(on)
            await on.market.ask(track(parcel, on.book, scan("delivered", -1, TAKEN)))
            (own,) = [
                each
                for each in await on.market.look(
                    fulfilment.tracking.views.own_parcels, person=BUYER, buyer_id=BUYER,
                    before=2**63 - 1, orders_max=100,
                )
                if each.order_id == on.order_id
            ]  # fmt: skip
            assert [each.tracking_number for each in own.parcels] == ["SF1234567"]
            assert [each.words for each in own.parcels[0].scans] == [TAKEN]

    asyncio.run(scene())
