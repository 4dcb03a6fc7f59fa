"""Orders as other programs read them. Read with `book=`: a shop sees its own."""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class FedLine(msgspec.Struct, frozen=True):
    """A line as it was bought; `price_fen` each, `paid_fen` its share of what is paid."""

    position: int
    product: str
    title: str
    options: list[str]
    quantity: int
    price_fen: int
    paid_fen: int


class FedOrder(msgspec.Struct, frozen=True):
    """An order with its lines; money in fen (CNY), times in UTC. It names no person."""

    order_id: int
    order: str
    order_number: str
    state: str
    placed_at: datetime
    pay_until: datetime
    goods_fen: int
    discount_fen: int
    freight_fen: int
    total_fen: int
    delivery: str
    remark: str
    lines: list[FedLine]


class Ref(msgspec.Struct, frozen=True):
    """What an order is called outside: its public id, and its number for people."""

    order_id: int
    order: str
    order_number: str


sql = queries(__file__)
refs = sql.many("refs", Ref)
orders = sql.many("orders", FedOrder)
order = sql.one("order", FedOrder)
