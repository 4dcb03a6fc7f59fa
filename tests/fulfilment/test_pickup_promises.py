"""The promises of pickup are caught when they are broken behind the market's back."""

import asyncio

import pytest

from jishi.kernel import verify
from tests.fulfilment.pickup_scene import redeem, waiting

STEP = """
insert into trade.order_steps (book, order_id, number, state, at, actor_id, reason)
select book, order_id, number + 1, 'ready_for_pickup', at, 0, 'planted'
  from trade.order_steps where state = 'received'
"""
PLANTED = {
    "fulfilment.every_pickup_has_its_voucher": (
        "delete from fulfilment.handed_out",
        "delete from fulfilment.redemptions",
        "delete from fulfilment.vouchers",
        STEP,
        "update trade.orders set state = 'ready_for_pickup'",
    ),
    "fulfilment.goods_are_handed_out_once_and_by_somebody": (
        "update fulfilment.redemptions set staff_id = staff_id + 1",
    ),
    "fulfilment.what_is_handed_out_was_paid_and_not_refunded": (
        "update fulfilment.handed_out set quantity = quantity + 1",
    ),
}


@pytest.mark.parametrize("promise", PLANTED)
def test_a_breach_is_found(promise: str, fresh_database: tuple[str, str]) -> None:
    url, owner_url = fresh_database

    async def broken() -> list[str]:
        return [kept.promise async for kept in verify(owner_url) if kept.broken]

    async def scene() -> None:
        async with waiting(url, owner_url) as on:
            await on.market.ask(redeem(on))
            assert await broken() == []
            async with on.owner.transaction():
                await on.owner.execute("set local session_replication_role = replica")
                for statement in PLANTED[promise]:
                    await on.owner.execute(statement)
            assert promise in await broken()

    asyncio.run(scene())


def test_a_paid_pickup_that_gets_no_voucher_is_found(fresh_database: tuple[str, str]) -> None:
    url, owner_url = fresh_database

    async def scene() -> list[str]:
        async with waiting(url, owner_url, is_issued=False) as on:
            await on.owner.execute("set session_replication_role = replica")
            await on.owner.execute("update trade.order_steps set at = at - interval '11 minutes'")
            return [kept.promise async for kept in verify(owner_url) if kept.broken]

    assert asyncio.run(scene()) == ["fulfilment.every_pickup_has_its_voucher"]


def test_an_open_case_that_withholds_nothing_is_found(fresh_database: tuple[str, str]) -> None:
    url, owner_url = fresh_database

    async def scene() -> list[str]:
        async with waiting(url, owner_url) as on:
            await on.case.case(quantity=1)
            await on.owner.execute("delete from fulfilment.withheld")
            return [kept.promise async for kept in verify(owner_url) if kept.broken]

    assert asyncio.run(scene()) == ["after_sale.unsent_goods_are_withheld_while_a_case_is_open"]
