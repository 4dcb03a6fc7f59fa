"""What a shop has to do, and what it took today: figures for whoever works there."""

import msgspec

from jishi.kernel import queries


class Today(msgspec.Struct, frozen=True):
    """Orders of a shop that wait for somebody, and what was paid since midnight in Shanghai."""

    awaiting_payment: int
    to_ship: int
    for_pickup: int
    paid_orders: int
    paid_fen: int


class ToldOrder(msgspec.Struct, frozen=True):
    """An order that staff were told of; `public_id` leads to it."""

    about_id: int
    public_id: str
    order_number: str
    total_fen: int


sql = queries(__file__)
today = sql.one("today", Today)
told = sql.many("told", ToldOrder)
