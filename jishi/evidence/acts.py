"""What the acts record, in the words of the lake: which event becomes which type of row.

An event that is in nobody's list tells the gauges nothing. What a line says is held by a test
against the events themselves.
"""

from typing import NamedTuple

from jishi.after_sale import CaseOpened, OrderCompleted
from jishi.evidence.expose import Exposed
from jishi.evidence.note_follow import FollowNoted
from jishi.evidence.note_unfollow import UnfollowNoted
from jishi.fulfilment import (
    OrderSentOut,
    ParcelShipped,
    ReceiptConfirmed,
    VoucherChecked,
    VoucherRedeemed,
)
from jishi.kernel import Event
from jishi.money import (
    DayReconciled,
    DifferenceExplained,
    ExternalRefundRecorded,
    OrderSettled,
    RefundEnded,
)
from jishi.people import ConsentGiven
from jishi.telling import BuyerTold
from jishi.trade import FreeOrderAccepted, OrderClosed, OrderPlaced, PaymentStarted, PaymentTaken


class Line(NamedTuple):
    """An event, the type it becomes, and which of its fields are the order's id and the amount."""

    event: type[Event]
    type: str
    order_in: str = "subject_id"
    amount_in: str = ""


LINES = (
    Line(OrderPlaced, "order.place", amount_in="total_fen"),
    Line(PaymentStarted, "pay.start", order_in="order_id", amount_in="amount_fen"),
    Line(PaymentTaken, "order.pay", amount_in="amount_fen"),
    Line(FreeOrderAccepted, "order.pay"),
    Line(OrderClosed, "order.cancel"),
    Line(RefundEnded, "order.refund", order_in="order_id", amount_in="amount_fen"),
    Line(ExternalRefundRecorded, "order.refund", order_in="order_id", amount_in="amount_fen"),
    Line(CaseOpened, "order.dispute", order_in="order_id"),
    Line(OrderCompleted, "order.complete"),
    Line(ParcelShipped, "shipment.ship"),
    Line(OrderSentOut, "shipment.ship"),
    Line(ReceiptConfirmed, "shipment.receive"),
    Line(VoucherRedeemed, "pickup.verify"),
    Line(VoucherChecked, "voucher.verify"),
    Line(OrderSettled, "settle.paid"),
)
"""Events of orders. Those with a trouble, or that ended otherwise, are left out in the query."""

OF_PEOPLE = (
    Line(ConsentGiven, "consent", order_in=""),
    Line(FollowNoted, "follow", order_in=""),
    Line(UnfollowNoted, "unfollow", order_in=""),
)
"""Events of persons, in their books or the market's: whose they are is their subject."""

READ_BESIDE: dict[str, tuple[type[Event], ...]] = {
    "settle.due": (OrderCompleted,),
    "recon.break": (DayReconciled,),
    "recon.clear": (DayReconciled, DifferenceExplained),
}
"""Types whose rows are read from the tables that the event filled."""

FROM_PAGES = ("page.view", "product.view", "search.query", "cart.add", "page.perf")
"""Types that pages tell, the last by the browser's beacon."""

ELSEWHERE = {"exposures": Exposed, "contacts": BuyerTold}
"""Events that fill the lake's other tables."""
