"""Finish shipping: what was not sent of an order is refunded, so all that goes is on its way."""

from collections.abc import Sequence
from typing import ClassVar

from jishi.fulfilment.parcels import world
from jishi.fulfilment.parcels.world import World
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.trade import steps


class FinishShipping(Request, frozen=True, kw_only=True):
    """Something of the order came back unsent; it may have been the last that was left.

    Refused: `order_unknown`, `order_elsewhere`, `units_left`.
    """

    made: ClassVar[dict[str, object]] = {}

    order_id: int


class ShippingFinished(Event, frozen=True, kw_only=True):
    """All of the order (`subject_id`) that is not refunded is on its way."""


async def gather(tx: Tx, asked: Sequence[FinishShipping]) -> World:
    """Read the orders and what is left of them to send."""
    return await world.shipping(tx, [each.order_id for each in asked])


def decide(known: World, asked: FinishShipping) -> ShippingFinished | Refused:
    """Accept when some was sent, and nothing is left."""
    order = known.orders.get(asked.order_id)
    if order is None:
        return Refused("order_unknown")
    if order.state != "partly_shipped":
        return Refused("order_elsewhere", {"state": order.state})
    if any(known.left[order.order_id].values()):
        return Refused("units_left")
    order.state = "shipped"
    return ShippingFinished(subject_id=order.order_id)


async def record(tx: Tx, happened: Sequence[Happened[FinishShipping, ShippingFinished]]) -> None:
    """Write the step."""
    await steps.step(tx, happened, "shipped", "rest_refunded")


finish_shipping = Act(FinishShipping, ShippingFinished, gather, decide, record)
