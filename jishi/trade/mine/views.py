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


class OpenOrder(msgspec.Struct, frozen=True):
    """An order that is not at its end."""

    shop: str
    order: str
    order_number: str
    state: str


class RemarkedBook(msgspec.Struct, frozen=True):
    """A book in which a buyer wrote remarks."""

    of_book: int


class OwnLine(msgspec.Struct, frozen=True):
    """A line of an order, as its buyer takes it with him."""

    title: str
    options: list[str]
    quantity: int
    price_fen: int
    paid_fen: int | None


class OwnStep(msgspec.Struct, frozen=True):
    """Where an order came to stand, when (UTC) and why."""

    state: str
    at: datetime
    reason: str


class OwnOrder(msgspec.Struct, frozen=True):
    """An order as its buyer takes it with him; the address is among his own, by its id."""

    order_id: int
    shop_name: str
    order_number: str
    state: str
    placed_at: datetime
    goods_fen: int
    discount_fen: int
    freight_fen: int
    total_fen: int
    remark: str
    delivery: str
    address_id: int
    lines: list[OwnLine]
    steps: list[OwnStep]


sql = queries(__file__)
open_orders = sql.many("open_orders", OpenOrder)
remarked_books = sql.many("remarked_books", RemarkedBook)
own_orders = sql.many("own_orders", OwnOrder)
orders = sql.many("orders", OrderRow)
counts = sql.one("counts", OrderCounts)
