"""Look for a payment: the buyer says that he paid, so WeChat is asked now, not at its time."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.money import Combined
from jishi.trade import steps
from jishi.trade.steps import Orders


class LookForPayment(Request, frozen=True, kw_only=True):
    """The buyer (`actor_id`) believes to have paid.

    Refused: `order_unknown`, `no_payment_open`.
    """

    order_id: int


class PaymentLookedFor(Event, frozen=True, kw_only=True):
    """WeChat is to be asked about the order's open attempt."""

    out_trade_no: str
    combined: Combined | None = None


async def gather(tx: Tx, asked: Sequence[LookForPayment]) -> Orders:
    """Read the orders with their open attempts."""
    return await steps.orders(tx, [each.order_id for each in asked])


def decide(world: Orders, asked: LookForPayment) -> PaymentLookedFor | Refused:
    """Accept while an attempt is open, also of an order that is closing."""
    order = world.orders.get(asked.order_id)
    if order is None or order.buyer_id != asked.actor_id:
        return Refused("order_unknown")
    if not order.attempt_id:
        return Refused("no_payment_open")
    return PaymentLookedFor(
        subject_id=order.order_id,
        out_trade_no=steps.open_payment_of(asked.book, order),
        combined=order.combined,
    )


async def record(tx: Tx, happened: Sequence[Happened[LookForPayment, PaymentLookedFor]]) -> None:
    """Write nothing: what WeChat says is taken by an act of its own."""


look_for_payment = Act(LookForPayment, PaymentLookedFor, gather, decide, record)
