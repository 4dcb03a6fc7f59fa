"""What a page shows of orders. Read with `person=`: a buyer sees his own, nobody else's."""

from datetime import datetime

import msgspec

from jishi.kernel import queries
from jishi.trade import freight


class OrderLine(msgspec.Struct, frozen=True):
    """A line as it was bought; price in fen each."""

    number: int
    sku_id: int
    shop: str
    product: str
    title: str
    title_en: str
    options: list[str]
    options_en: list[str]
    quantity: int
    price_fen: int
    picture: str | None


class OrderStep(msgspec.Struct, frozen=True):
    """A step of its path: to which state, when (UTC), by the buyer or the market, why."""

    state: str
    at: datetime
    by: str
    reason: str


class OrderPage(msgspec.Struct, frozen=True):
    """An order with its lines and its path. `shop` and `order` are public ids."""

    book: int
    order_id: int
    shop: str
    shop_name: str
    shop_name_en: str
    order: str
    order_number: str
    state: str
    placed_at: datetime
    pay_until: datetime
    total_fen: int
    remark: str
    goods_fen: int
    discount_fen: int
    freight_fen: int
    delivery: str
    purchase_id: int
    buyer_id: int
    address_id: int
    lines: list[OrderLine]
    steps: list[OrderStep]
    lowered_at: list[datetime]
    moved_at: list[datetime]


class Offer(msgspec.Struct, frozen=True):
    """A SKU as it stands: its price (fen), its weight, and the most that is free in one store."""

    of_book: int
    shop: str
    shop_name: str
    shop_name_en: str
    sku_id: int
    product: str
    title: str
    title_en: str
    options: list[str]
    options_en: list[str]
    price_fen: int
    weight_grams: int
    is_live: bool
    needs_confirmation: bool
    free: int
    picture: str | None


class CartRow(msgspec.Struct, frozen=True):
    """A line of somebody's cart."""

    shop_book: int
    sku_id: int
    quantity: int
    seen_fen: int
    is_chosen: bool


class HeldOrder(msgspec.Struct, frozen=True):
    """An order of a purchase that awaits its payment."""

    of_book: int
    order_id: int


class PurchaseOrder(msgspec.Struct, frozen=True):
    """An order as a part of a purchase; amounts in fen, `shop` and `order` public ids."""

    book: int
    order_id: int
    shop: str
    shop_name: str
    shop_name_en: str
    order: str
    order_number: str
    state: str
    total_fen: int
    pay_until: datetime


class PurchasePage(msgspec.Struct, frozen=True):
    """A purchase over several shops, with its orders."""

    purchase_id: int
    purchase: str
    opened_at: datetime
    orders: list[PurchaseOrder]


class PaidTogether(msgspec.Struct, frozen=True):
    """The purchase that an order is a part of, and how many of its orders are yet to be paid."""

    purchase: str
    unpaid: int


sql = queries(__file__)
order = sql.one("order", OrderPage)
offers = sql.many("offers", Offer)
cart = sql.many("cart", CartRow)
held_orders = sql.many("held_orders", HeldOrder)
purchase = sql.one("purchase", PurchasePage)
together = sql.one("together", PaidTogether)
freights = freight.current
