"""Redeem a voucher: the goods of an order are handed out for its code, exactly once."""

from collections.abc import Sequence

import msgspec

from jishi.fulfilment import vouchers
from jishi.fulfilment.vouchers import Vouchers
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.trade import steps


class RedeemVoucher(Request, frozen=True, kw_only=True):
    """A member of the staff (`actor_id`) hands the goods out in a store.

    Refused: `voucher_unknown`, `voucher_redeemed`, `voucher_lapsed`,
    `voucher_withheld`, `voucher_of_another_store`.
    """

    order_id: int
    digest: str
    store_id: int


class Handed(msgspec.Struct, frozen=True):
    """So many of a SKU, given to the buyer."""

    sku_id: int
    quantity: int


class VoucherRedeemed(Event, frozen=True, kw_only=True):
    """The order (`subject_id`) is received, these goods are with its buyer."""

    handed: list[Handed]


sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[RedeemVoucher]) -> Vouchers:
    """Read the orders, their vouchers and what is left to hand out."""
    return await vouchers.vouchers(tx, sorted({each.order_id for each in asked}))


def decide(world: Vouchers, asked: RedeemVoucher) -> VoucherRedeemed | Refused:
    """Accept the right code in the right store, while the goods wait."""
    order = world.orders.get(asked.order_id)
    if order is None or not order.digest or order.digest != asked.digest:
        return Refused("voucher_unknown")
    if refused := vouchers.refusal(
        order.state,
        order.store_id,
        asked.store_id,
        is_redeemed=order.is_redeemed,
        is_withheld=order.is_withheld,
    ):
        return refused
    wanted = world.wanted.get(order.order_id, [])
    if not wanted:
        return Refused("voucher_lapsed")
    order.is_redeemed, order.state = True, "received"
    return VoucherRedeemed(
        subject_id=order.order_id, handed=[Handed(each.sku_id, each.quantity) for each in wanted]
    )


async def record(tx: Tx, happened: Sequence[Happened[RedeemVoucher, VoucherRedeemed]]) -> None:
    """Write who handed out what, and the steps."""
    rows = [
        (event.subject_id, number, asked.store_id, asked.actor_id)
        for asked, event, number in happened
    ]
    handed = [
        (event.subject_id, each.sku_id, each.quantity)
        for _, event, _ in happened
        for each in event.handed
    ]
    await write(
        tx,
        **columns(rows, "order_ids", "numbers", "store_ids", "staff_ids"),
        **columns(handed, "of_orders", "sku_ids", "quantities"),
    )
    await steps.step(tx, happened, "received", "voucher_redeemed")


redeem_voucher = Act(RedeemVoucher, VoucherRedeemed, gather, decide, record)
