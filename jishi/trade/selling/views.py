"""A shop's orders as its staff see them. Read with `book=`."""

from datetime import datetime

import msgspec

from jishi.kernel import queries

TABS = {
    "to_ship": ("paid", "partly_shipped"),
    "for_pickup": ("ready_for_pickup",),
    "to_pay": ("awaiting_payment",),
    "sent": ("shipped",),
    "ended": ("received", "completed"),
    "closed": ("closing", "closed"),
    "all": (),
}
"""Which states a list shows; none is all of them."""


class ShopOrder(msgspec.Struct, frozen=True):
    """An order on a list of a shop's orders; `order` is its public id, `items` counts pieces."""

    order_id: int
    order: str
    order_number: str
    state: str
    delivery: str
    placed_at: datetime
    total_fen: int
    title: str
    title_en: str
    items: int


class ShopCounts(msgspec.Struct, frozen=True):
    """How many orders wait for somebody."""

    to_ship: int
    for_pickup: int
    to_pay: int


class ShopStep(msgspec.Struct, frozen=True):
    """A step of an order: where it led, when, why, and who took it (0: the clock, WeChat)."""

    state: str
    at: datetime
    reason: str
    actor_id: int


class Note(msgspec.Struct, frozen=True):
    """What somebody of the staff wrote down."""

    at: datetime
    staff_id: int
    note: str


class Lowered(msgspec.Struct, frozen=True):
    """A price that was lowered: of a line, or of the freight (position 0)."""

    at: datetime
    staff_id: int
    position: int
    from_fen: int
    to_fen: int


class Moved(msgspec.Struct, frozen=True):
    """That the order was to go elsewhere from then on."""

    at: datetime
    actor_id: int


class ShopFacts(msgspec.Struct, frozen=True):
    """What staff know of an order beside what its buyer sees."""

    order_id: int
    buyer_id: int
    store_name: str
    store_name_en: str
    is_paying: bool
    paid_fen: list[int]
    steps: list[ShopStep]
    notes: list[Note]
    lowered: list[Lowered]
    moved: list[Moved]


sql = queries(__file__)
orders = sql.many("orders", ShopOrder)
counts = sql.one("counts", ShopCounts)
facts = sql.one("facts", ShopFacts)
