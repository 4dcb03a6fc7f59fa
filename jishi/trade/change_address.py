"""Change the address of an order that is paid and not sent: elsewhere, for the same freight."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.trade import rules
from jishi.trade.freight import freight_now
from jishi.trade.freight_rules import Charge, Freight, freight_of
from jishi.trade.types import Destination


class ChangeAddress(Request, frozen=True, kw_only=True):
    """The buyer (`actor_id`), or for him somebody of the staff, has an order sent elsewhere.

    Refused: `order_unknown`, `order_not_by_parcel`, `address_settled` (not paid, or sent),
    `destination_unclear`, `address_unchanged`, `not_deliverable`, `freight_differs`.
    """

    order_id: int
    address_id: int
    division: str
    is_by_shop: bool = False


class AddressChanged(Event, frozen=True, kw_only=True):
    """The order (`subject_id`) goes elsewhere; where, is kept where people are."""

    from_id: int
    to_id: int


class Going(msgspec.Struct):
    """An order, where it goes, and what counts for its freight."""

    order_id: int
    buyer_id: int
    state: str
    delivery: str
    address_id: int
    division: str
    freight_fen: int
    left_fen: int
    pieces: int
    grams: int


class World(msgspec.Struct):
    """The orders, and how the shop charges for delivery."""

    orders: dict[int, Going]
    freight: Freight | None


sql = queries(__file__)
read = sql.many("read", Going)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[ChangeAddress]) -> World:
    """Read the orders under the book's lock."""
    found = await read(tx, order_ids=sorted({each.order_id for each in asked}))
    return World({each.order_id: each for each in found}, await freight_now(tx))


def decide(world: World, asked: ChangeAddress) -> AddressChanged | Refused:
    """Accept another address while the order is paid and all of it is still here."""
    order = world.orders.get(asked.order_id)
    if order is None or not (asked.is_by_shop or order.buyer_id == asked.actor_id):
        return Refused("order_unknown")
    if refused := _settled(order) or _unclear(order, asked) or _dearer(world, order, asked):
        return refused
    changed = AddressChanged(
        subject_id=order.order_id, from_id=order.address_id, to_id=asked.address_id
    )
    order.address_id, order.division = asked.address_id, asked.division
    return changed


def _settled(order: Going) -> Refused | None:
    if order.delivery != "parcel":
        return Refused("order_not_by_parcel")
    if order.state != "paid":
        return Refused("address_settled", {"state": order.state})
    return None


def _unclear(order: Going, asked: ChangeAddress) -> Refused | None:
    if not rules.is_destination_clear(Destination("parcel", asked.address_id, asked.division)):
        return Refused("destination_unclear")
    if asked.address_id == order.address_id:
        return Refused("address_unchanged")
    return None


def _dearer(world: World, order: Going, asked: ChangeAddress) -> Refused | None:
    """Give the reason where freight differs: both as the shop charges today."""
    there = _charge(world, order, asked.division)
    if there is None:
        return Refused("not_deliverable")
    here = _charge(world, order, order.division)
    old_fen = order.freight_fen if here is None else here.fen
    if there.fen != old_fen:
        return Refused("freight_differs", {"old_fen": old_fen, "new_fen": there.fen})
    return None


def _charge(world: World, order: Going, division: str) -> Charge | None:
    return freight_of(
        world.freight, Destination("parcel", order.address_id, division), pieces=order.pieces,
        grams=order.grams, goods_fen=order.left_fen,
    )  # fmt: skip


async def record(tx: Tx, happened: Sequence[Happened[ChangeAddress, AddressChanged]]) -> None:
    """Write each change; an order goes where it was changed to last."""
    rows = [
        (event.subject_id, number, event.from_id, event.to_id, asked.division, asked.actor_id)
        for asked, event, number in happened
    ]
    names = ("order_ids", "numbers", "froms", "tos", "divisions", "actor_ids")
    await write(tx, **columns(rows, *names))


change_address = Act(ChangeAddress, AddressChanged, gather, decide, record)
