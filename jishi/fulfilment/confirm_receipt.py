"""Confirm receipt: the buyer has all that was sent; or the clock says that he must have."""

from collections.abc import Sequence
from typing import ClassVar

from jishi.fulfilment.parcels import rules, world
from jishi.fulfilment.parcels.world import World
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries
from jishi.trade import steps
from jishi.trade.rules import may_step

CLOCK = 0
"""Who asks when nobody does."""


class ConfirmReceipt(Request, frozen=True, kw_only=True):
    """The buyer (`actor_id`) says so; or, with 0, ten days went by since the last parcel.

    Refused: `order_unknown`, `order_elsewhere`, `not_yet_due`.
    """

    made: ClassVar[dict[str, object]] = {}

    order_id: int


class ReceiptConfirmed(Event, frozen=True, kw_only=True):
    """The order (`subject_id`) is received; from now on its window runs."""

    is_by_clock: bool


sql = queries(__file__)
forget = sql.run("forget")


async def gather(tx: Tx, asked: Sequence[ConfirmReceipt]) -> World:
    """Read the orders."""
    return await world.shipping(tx, [each.order_id for each in asked])


def decide(known: World, asked: ConfirmReceipt) -> ReceiptConfirmed | Refused:
    """Accept from the buyer when all was sent, and from the clock ten days later."""
    order, is_by_clock = known.orders.get(asked.order_id), asked.actor_id == CLOCK
    if order is None or (not is_by_clock and order.buyer_id != asked.actor_id):
        return Refused("order_unknown")
    if order.state != "shipped" or not may_step(order.state, "received"):
        return Refused("order_elsewhere", {"state": order.state})
    due = order.last_at is not None and known.now >= order.last_at + rules.RECEIVED_AFTER
    if is_by_clock and not due:
        return Refused("not_yet_due", is_final=False)
    order.state = "received"
    return ReceiptConfirmed(subject_id=order.order_id, is_by_clock=is_by_clock)


async def record(tx: Tx, happened: Sequence[Happened[ConfirmReceipt, ReceiptConfirmed]]) -> None:
    """Write the steps; who brought an order is forgotten."""
    await forget(tx, order_ids=[event.subject_id for _, event, _ in happened])
    for is_by_clock, reason in ((False, "receipt_confirmed"), (True, "received_by_itself")):
        led = [each for each in happened if each[1].is_by_clock == is_by_clock]
        await steps.step(tx, led, "received", reason)


confirm_receipt = Act(ConfirmReceipt, ReceiptConfirmed, gather, decide, record)
