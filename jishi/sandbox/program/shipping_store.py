"""Orders of a mini program that are paid, and what is known of their shipping."""

from datetime import datetime, timedelta

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Lenient
from jishi.sandbox.program.shipping_rules import Details

RECEIVED_BY_ITSELF, SETTLED_AFTER = timedelta(days=10), timedelta(days=1)


class OrderKey(Lenient, frozen=True):
    """An order, by the merchant's number (1) or by WeChat's (2)."""

    order_number_type: int = 0
    transaction_id: str = ""
    mchid: str = ""
    out_trade_no: str = ""


class Paid(Struct, frozen=True):
    """A paid order and its shipping; `total_fen` is what was paid, in fen (CNY)."""

    transaction_id: str
    mchid: str
    out_trade_no: str
    description: str
    total_fen: int
    refunded_fen: int
    person_id: int
    openid: str
    made_at: datetime
    paid_at: datetime
    details: Details | None
    has_ended: bool
    redone_count: int
    uploaded_at: datetime | None
    reminded_at: datetime | None
    received_at: datetime | None
    settles_at: datetime | None

    def state(self, now: datetime) -> int:
        """Give the state as the interface numbers it.

        1 unshipped, 2 shipped, 3 received, 4 settled, 5 refunded.
        """
        if self.refunded_fen >= self.total_fen:
            return 5
        if self.received_at is not None:
            return 4 if self.settles_at is not None and self.settles_at <= now else 3
        return 2 if self.has_ended else 1


sql = queries(__file__)
paid_order = sql.one("paid_order", Paid)
paid_orders = sql.many("paid_orders", Paid)
put_shipping = sql.run("put_shipping")
mark_reminded = sql.run("mark_reminded")
mark_received = sql.run("mark_received")
