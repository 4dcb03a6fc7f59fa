"""Unmask an address: somebody of the staff must see where a parcel goes; it is written down."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries

UNMASKINGS_MAX = 500
"""So many may somebody see within a day."""

MAY_SEE = frozenset({"paid", "partly_shipped", "shipped"})
"""While an order stands here its parcel is to be sent, or on its way."""


class UnmaskAddress(Request, frozen=True, kw_only=True):
    """Somebody (`actor_id`) packs this order, or looks after its parcel.

    Refused: `order_unknown`, `order_not_by_parcel`, `order_elsewhere`, `too_many_unmaskings`.
    """

    made: ClassVar[dict[str, object]] = {}

    order_id: int


class AddressUnmasked(Event, frozen=True, kw_only=True):
    """Where the order (`subject_id`) goes was seen; the address itself is not told here."""


class Order(msgspec.Struct, frozen=True):
    """An order, how it goes and where it stands."""

    order_id: int
    delivery: str
    state: str


class Seen(msgspec.Struct, frozen=True):
    """How many addresses somebody saw within a day."""

    staff_id: int
    times: int


class World(msgspec.Struct):
    """The orders, and how many addresses each member saw within a day."""

    orders: dict[int, Order]
    seen: dict[int, int]


sql = queries(__file__)
read = sql.many("read", Order)
read_seen = sql.many("read_seen", Seen)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[UnmaskAddress]) -> World:
    """Read the orders, and what their askers saw."""
    found = await read(tx, order_ids=sorted({each.order_id for each in asked}))
    seen = await read_seen(tx, staff_ids=sorted({each.actor_id for each in asked}))
    return World(
        {each.order_id: each for each in found}, {each.staff_id: each.times for each in seen}
    )


def decide(world: World, asked: UnmaskAddress) -> AddressUnmasked | Refused:
    """Accept for an order of this shop that is to be sent or brought, or on its way."""
    order = world.orders.get(asked.order_id)
    if order is None:
        return Refused("order_unknown")
    if order.delivery == "pickup":
        return Refused("order_not_by_parcel")
    if order.state not in MAY_SEE:
        return Refused("order_elsewhere", {"state": order.state})
    times = world.seen.get(asked.actor_id, 0)
    if times >= UNMASKINGS_MAX:
        return Refused("too_many_unmaskings", {"times_max": UNMASKINGS_MAX})
    world.seen[asked.actor_id] = times + 1
    return AddressUnmasked(subject_id=order.order_id)


async def record(tx: Tx, happened: Sequence[Happened[UnmaskAddress, AddressUnmasked]]) -> None:
    """Write who saw it, and when."""
    rows = [(number, event.subject_id, asked.actor_id) for asked, event, number in happened]
    await write(tx, **columns(rows, "numbers", "order_ids", "staff_ids"))


unmask_address = Act(UnmaskAddress, AddressUnmasked, gather, decide, record)
