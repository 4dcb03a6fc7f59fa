"""What is shown of shipping: the queue of a shop (`book=`), and a buyer's parcels (`person=`)."""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class ToShip(msgspec.Struct, frozen=True):
    """An order that waits to be sent, the oldest first; `units` are left of it."""

    order_id: int
    order_number: str
    state: str
    placed_at: datetime
    division: str
    title: str
    title_en: str
    units: int


class LineToShip(msgspec.Struct, frozen=True):
    """A line of an order, and how many of its units are left to be sent."""

    position: int
    title: str
    title_en: str
    options: list[str]
    options_en: list[str]
    picture: str | None
    quantity: int
    left: int


class OrderToShip(msgspec.Struct, frozen=True):
    """An order as whoever packs it sees it; the address is kept where people are."""

    order_id: int
    order_number: str
    state: str
    placed_at: datetime
    remark: str
    buyer_id: int
    address_id: int
    division: str
    delivery: str
    is_withheld: bool
    moved_at: datetime | None
    lines: list[LineToShip]


class Numbered(msgspec.Struct, frozen=True):
    """An order by the number that people know it by."""

    order_id: int
    order_number: str


class InParcel(msgspec.Struct, frozen=True):
    """So many of a line in a parcel."""

    position: int
    title: str
    title_en: str
    quantity: int


class Parcel(msgspec.Struct, frozen=True):
    """A parcel by its number, as it is asked after now."""

    number: int
    carrier: str
    tracking_number: str
    shipped_at: datetime
    lines: list[InParcel]


sql = queries(__file__)
queue = sql.many("queue", ToShip)
order = sql.one("order", OrderToShip)
parcels = sql.many("parcels", Parcel)
by_numbers = sql.many("by_numbers", Numbered)
