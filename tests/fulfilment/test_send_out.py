"""Sending out: once, with a courier who may change, and who is forgotten at receipt."""

import asyncio
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jishi import fulfilment
from jishi.kernel import Refused, verify
from tests.after_sale.scene import STAFF
from tests.fulfilment.parcel_scene import Scene, bought, receive, ship, unmask
from tests.trade.orders import BUYER

BROUGHT = "update trade.orders set delivery = 'same_city' where book = $1"
COURIERS = "select count(*) from fulfilment.couriers where book = $1"
KEPT = "fulfilment.what_was_brought_went_out_for_delivery"
SEAL, OTHER = b"s" * 40, b"t" * 40


def send(on: Scene, order_id: int | None = None, sealed: bytes = SEAL) -> fulfilment.SendOut:
    """Ask to send the order out."""
    return fulfilment.SendOut(
        key=uuid4(), book=on.book, actor_id=STAFF,
        order_id=on.order_id if order_id is None else order_id, sealed=sealed,
    )  # fmt: skip


async def who(on: Scene) -> bytes | None:
    """Give the seal of the courier."""
    found = await on.market.look(
        fulfilment.same_city.views.brought, person=BUYER, of_book=on.book, order_id=on.order_id
    )
    return found.sealed if found else None


def test_an_order_goes_out_once_and_its_courier_may_change(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            assert await on.reason(send(on)) == "order_not_same_city"
            await on.owner.execute(BROUGHT, on.book)
            assert await on.reason(ship(on)) == "order_not_by_parcel"
            assert await on.reason(unmask(on)) == ""
            for sealed in (b"", b"s" * 28, b"s" * 401):
                assert await on.reason(send(on, sealed=sealed)) == "courier_unclear"
            assert await on.reason(send(on, 1)) == "order_unknown"
            assert await on.reason(receive(on)) == "order_elsewhere"
            one, two = send(on), send(on, sealed=OTHER)
            answers = await asyncio.gather(on.market.ask(one), on.market.ask(two))
            assert [each.is_first for each in answers
                    if isinstance(each, fulfilment.OrderSentOut)] == [True, False]  # fmt: skip
            assert await who(on) == OTHER
            assert (await on.steps())[-1] == "sent_out"
            assert await on.state() == "shipped"
            assert await on.reason(receive(on)) == ""
            assert await who(on) is None
            assert await on.owner.fetchval(COURIERS, on.book) == 0
            assert await on.reason(send(on)) == "order_elsewhere"
            promise = [each async for each in verify(owner_url, [KEPT])]
            assert [each.broken for each in promise] == [0]

    asyncio.run(scene())


def test_nothing_goes_out_while_its_money_is_asked_back(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            await on.owner.execute(BROUGHT, on.book)
            await on.case.case(quantity=1)
            assert await on.reason(send(on)) == "order_withheld"
            assert await who(on) is None

    asyncio.run(scene())


@pytest.mark.parametrize("delivery", ["same_city", "parcel"])
def test_the_promise_notices_what_breaks_it(fresh_database: tuple[str, str], delivery: str) -> None:
    async def scene() -> None:
        url, owner = fresh_database
        async with bought(url, owner) as on:
            if delivery == "same_city":
                await on.market.ask(ship(on))
                await on.owner.execute(BROUGHT, on.book)
            else:
                await on.owner.execute(
                    "insert into fulfilment.send_outs values ($1, $2, 1, 1, now())",
                    on.book, on.order_id,
                )  # fmt: skip
        broken = [each.broken async for each in verify(owner, [KEPT])]
        assert broken == [1]

    asyncio.run(scene())


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    deeds=st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from([0, 1, -1, 2**63 - 1]),
                  st.sampled_from([b"", SEAL, OTHER, b"\x00" * 400, b"x" * 401])), max_size=10
    )
)  # fmt: skip
def test_what_decide_accepts_the_tables_accept(
    database_url: str, owner_url: str, deeds: list[tuple[int, int, bytes]]
) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            await on.owner.execute(BROUGHT, on.book)
            for deed, order_id, sealed in deeds:
                asked = (
                    send(on, sealed=sealed), send(on, order_id, sealed), receive(on),
                    send(on), ship(on),
                )[deed]  # fmt: skip
                answer = await on.market.ask(asked)
                assert isinstance(answer, Refused) or answer.subject_id == on.order_id
            broken = [each.promise async for each in verify(owner_url) if each.broken]
            assert KEPT not in broken

    asyncio.run(scene())
