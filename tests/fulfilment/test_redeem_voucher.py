"""Redeeming: the goods are handed out once, for their code, in their store, by somebody known."""

import asyncio

import pytest

from jishi import fulfilment
from jishi.fulfilment.redeem_voucher import Handed
from jishi.kernel import verify
from tests.after_sale.scene import STAFF, agree, end, refunding, refuse, withdraw
from tests.after_sale.scene import close as close_refunded
from tests.fulfilment.pickup_scene import UNITS, redeem, waiting
from tests.shops import STORE, sku_of


async def broken(owner_url: str) -> list[str]:
    """Name the promises of fulfilment that are broken."""
    return [kept.promise async for kept in verify(owner_url, ["fulfilment."]) if kept.broken]


def test_the_goods_are_handed_out_and_it_is_known_by_whom(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> list[str]:
        async with waiting(database_url, owner_url) as on:
            answer = await on.market.ask(redeem(on))
            sku_id = sku_of(on.book, 1)
            assert answer == fulfilment.VoucherRedeemed(
                subject_id=on.order_id, handed=[Handed(sku_id, UNITS)]
            )
            assert await on.state() == "received"
            [(_, order_id, number, store_id, staff_id)] = await on.rows("redemptions")
            assert (order_id, store_id, staff_id) == (on.order_id, STORE, STAFF)
            assert await on.rows("handed_out") == [(on.book, on.order_id, sku_id, UNITS)]
            step = await on.owner.fetchrow(
                "select number, actor_id, reason from trade.order_steps"
                " where book = $1 and state = 'received'", on.book,
            )  # fmt: skip
            assert step is not None
            assert tuple(step) == (number, STAFF, "voucher_redeemed")
            assert await on.is_refused(redeem(on), "voucher_redeemed")
        return await broken(owner_url)

    assert asyncio.run(scene()) == []


def test_a_wrong_code_store_or_order_is_refused(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with (
            waiting(database_url, owner_url) as on,
            waiting(database_url, owner_url) as other,
        ):
            assert await on.is_refused(redeem(on, digest="0" * 32), "voucher_unknown")
            assert await on.is_refused(redeem(on, digest=""), "voucher_unknown")
            assert await on.is_refused(redeem(on, other.order_id, other.digest), "voucher_unknown")
            assert await on.is_refused(redeem(on, store=2), "voucher_of_another_store")
            assert await on.state() == "ready_for_pickup"

    asyncio.run(scene())


def test_what_is_not_issued_yet_is_not_handed_out(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with waiting(database_url, owner_url, is_issued=False) as on:
            assert await on.is_refused(redeem(on, digest=""), "voucher_unknown")
            assert await on.is_refused(redeem(on), "voucher_unknown")

    asyncio.run(scene())


@pytest.mark.parametrize("is_closed", [False, True])
def test_what_is_refunded_is_not_handed_out(
    database_url: str, owner_url: str, is_closed: bool
) -> None:
    async def scene() -> list[str]:
        async with waiting(database_url, owner_url) as on:
            case_id = await refunding(on.case, UNITS)
            if is_closed:
                await end(on.case, case_id, "succeeded")
                await on.market.ask(close_refunded(on.case, on.order_id))
                assert await on.state() == "closed"
            assert await on.is_refused(redeem(on), "voucher_lapsed")
        return await broken(owner_url)

    assert asyncio.run(scene()) == []


def test_a_partial_refund_leaves_less_to_hand_out(database_url: str, owner_url: str) -> None:
    async def scene() -> list[str]:
        async with waiting(database_url, owner_url) as on:
            case_id = await on.case.case(quantity=1)
            await on.market.ask(agree(on.case, case_id), wait=5)
            answer = await on.market.ask(redeem(on))
            assert isinstance(answer, fulfilment.VoucherRedeemed)
            assert answer.handed == [Handed(sku_of(on.book, 1), UNITS - 1)]
        return await broken(owner_url)

    assert asyncio.run(scene()) == []


def test_while_money_is_asked_back_nothing_is_handed_out(database_url: str, owner_url: str) -> None:
    async def scene() -> list[str]:
        async with waiting(database_url, owner_url) as on:
            case_id = await on.case.case(quantity=1)
            assert await on.is_refused(redeem(on), "voucher_withheld")
            await on.market.ask(refuse(on.case, case_id))
            assert await on.is_refused(redeem(on), "voucher_withheld")
            await on.market.ask(withdraw(on.case, case_id))
            assert isinstance(await on.market.ask(redeem(on)), fulfilment.VoucherRedeemed)
            assert await on.rows("withheld") == []
            # What is asked about after that was sent, and withholds nothing.
            await on.case.case(quantity=1, reason="damaged")
            assert await on.rows("withheld") == []
        return await broken(owner_url)

    assert asyncio.run(scene()) == []


def test_without_the_withholding_refunded_goods_would_be_handed_out(
    fresh_database: tuple[str, str],
) -> None:
    """The negative control: without the guard the promise of what is handed out is broken."""
    url, owner_url = fresh_database

    async def scene() -> list[str]:
        async with waiting(url, owner_url) as on:
            case_id = await on.case.case(quantity=1)
            await on.owner.execute("delete from fulfilment.withheld")
            assert isinstance(await on.market.ask(redeem(on)), fulfilment.VoucherRedeemed)
            await on.market.ask(agree(on.case, case_id))
        return await broken(owner_url)

    assert asyncio.run(scene()) == ["fulfilment.what_is_handed_out_was_paid_and_not_refunded"]
