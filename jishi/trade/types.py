"""The nouns of trade as plain records."""

from datetime import datetime

import msgspec

from jishi.money import Combined


class Line(msgspec.Struct, frozen=True):
    """What a buyer wants: so many of a SKU, at the price (fen) that he saw."""

    sku_id: int
    quantity: int
    seen_fen: int


class Destination(msgspec.Struct, frozen=True):
    """Where goods go: a `parcel` to an address, or brought there (`same_city`), or `pickup`.

    The division is a code of six digits, no part of anybody's address that names him.
    """

    delivery: str
    address_id: int = 0
    division: str = ""
    store_id: int = 0


class PurchasePart(msgspec.Struct, frozen=True):
    """An order of one shop, as a part of a purchase."""

    shop_book: int
    order_id: int


class PricedLine(msgspec.Struct, frozen=True):
    """What was agreed: so many of a SKU from a store, at a price, and its share of the total.

    The share is missing where an order was placed before shares were told.
    """

    sku_id: int
    store_id: int
    quantity: int
    price_fen: int
    paid_fen: int | None = None


class Order(msgspec.Struct):
    """An order as an act sees it under the book's lock; its state moves on within a batch.

    `attempt_id` is its open attempt to pay, 0 while there is none; `combined` the payment over
    several shops that the attempt is a part of.
    """

    order_id: int
    order_number: str
    buyer_id: int
    state: str
    total_fen: int
    pay_until: datetime
    attempt_id: int = 0
    combined: Combined | None = None


class ReservedLine(msgspec.Struct, frozen=True):
    """What an order has set aside."""

    order_id: int
    sku_id: int
    store_id: int
    quantity: int
