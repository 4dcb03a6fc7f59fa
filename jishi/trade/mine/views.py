"""A shopper's own orders, in the lists that shoppers know. Read with `person=`."""

from datetime import datetime

import msgspec

from jishi.kernel import queries

TABS = {
    "all": (),
    "to_pay": ("awaiting_payment",),
    "to_ship": ("paid", "partly_shipped"),
    "to_receive": ("shipped", "ready_for_pickup"),
}
"""Which states a list shows; none is all of them."""


class OrderRow(msgspec.Struct, frozen=True):
    """An order on the list of a buyer's orders; `items` counts pieces."""

    order_id: int
    shop: str
    order: str
    order_number: str
    state: str
    placed_at: datetime
    total_fen: int
    title: str
    title_en: str
    items: int
    picture: str | None


class OrderCounts(msgspec.Struct, frozen=True):
    """How many orders wait for something."""

    to_pay: int
    to_ship: int
    to_receive: int


sql = queries(__file__)
orders = sql.many("orders", OrderRow)
counts = sql.one("counts", OrderCounts)
