"""Ship a parcel: units of an order's lines are on their way, with a number to ask after."""

from collections.abc import Sequence
from typing import ClassVar

from jishi.fulfilment.parcels import rules, world
from jishi.fulfilment.parcels.types import Packed
from jishi.fulfilment.parcels.world import World
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.trade import steps
from jishi.trade.rules import may_step


class ShipParcel(Request, frozen=True, kw_only=True):
    """Somebody of the staff (`actor_id`) sent these units; `carrier` is a code.

    `seen_address_id` is the address they were packed for; 0 does not say.
    Refused: `order_unknown`, `order_not_by_parcel`, `order_elsewhere`, `order_withheld`,
    `address_changed`, `parcel_untraceable`, `packing_unclear`, `units_not_left`.
    """

    made: ClassVar[dict[str, object]] = {}

    order_id: int
    lines: tuple[Packed, ...]
    carrier: str
    tracking_number: str
    seen_address_id: int = 0


class ParcelShipped(Event, frozen=True, kw_only=True):
    """A parcel of the order (`subject_id`) is on its way; after the last one it is `shipped`."""

    state: str
    carrier: str
    tracking_number: str
    lines: list[Packed]


sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[ShipParcel]) -> World:
    """Read the orders and what is left of them to send."""
    return await world.shipping(tx, [each.order_id for each in asked])


def decide(known: World, asked: ShipParcel) -> ParcelShipped | Refused:
    """Accept units that are left of an order that is paid."""
    if reason := _reason_against(known, asked):
        return reason
    order, left = known.orders[asked.order_id], known.left[asked.order_id]
    for packed in asked.lines:
        if packed.quantity > left.get(packed.position, 0):
            return Refused("units_not_left", {"left": left.get(packed.position, 0)})
    for packed in asked.lines:
        left[packed.position] -= packed.quantity
    order.state = "partly_shipped" if any(left.values()) else "shipped"
    return ParcelShipped(
        subject_id=order.order_id, state=order.state, carrier=asked.carrier,
        tracking_number=asked.tracking_number, lines=list(asked.lines),
    )  # fmt: skip


def _reason_against(known: World, asked: ShipParcel) -> Refused | None:  # noqa: PLR0911 - one a reason
    order = known.orders.get(asked.order_id)
    if order is None:
        return Refused("order_unknown")
    if order.delivery != "parcel":
        return Refused("order_not_by_parcel")
    if not may_step(order.state, "shipped"):
        return Refused("order_elsewhere", {"state": order.state})
    if order.is_withheld:
        return Refused("order_withheld")
    if asked.seen_address_id not in {0, order.address_id}:
        return Refused("address_changed")
    if not rules.is_traceable(asked.carrier, asked.tracking_number):
        return Refused("parcel_untraceable")
    if not rules.are_well_packed(asked.lines):
        return Refused("packing_unclear")
    return None


async def record(tx: Tx, happened: Sequence[Happened[ShipParcel, ParcelShipped]]) -> None:
    """Write the parcels and what is in them; each order stands where its parcel led it."""
    parcels = [
        (number, event.subject_id, event.carrier, event.tracking_number, asked.actor_id)
        for asked, event, number in happened
    ]
    packed = [
        (number, event.subject_id, each.position, each.quantity)
        for _, event, number in happened
        for each in event.lines
    ]
    await write(
        tx,
        **columns(parcels, "numbers", "order_ids", "carriers", "tracking_numbers", "staff_ids"),
        **columns(packed, "of_parcels", "of_orders", "positions", "quantities"),
    )
    for state, reason in (("partly_shipped", "parcel_sent"), ("shipped", "last_parcel_sent")):
        led = [each for each in happened if each[1].state == state]
        await steps.step(tx, led, state, reason)


ship_parcel = Act(ShipParcel, ParcelShipped, gather, decide, record)
