"""Withdraw an attempt to pay: the buyer wants to pay in another way; WeChat closes it first."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.money import Combined
from jishi.trade import steps
from jishi.trade.steps import Orders


class WithdrawPayment(Request, frozen=True, kw_only=True):
    """The buyer (`actor_id`) does not want to pay this order by what was begun.

    Refused: `order_unknown`, `order_not_open`, `no_payment_open`.
    """

    order_id: int


class PaymentWithdrawn(Event, frozen=True, kw_only=True):
    """The order's attempt is to be closed at WeChat; until it is, it can still be paid.

    What is `combined` is closed with all its parts.
    """

    attempt_id: int
    out_trade_no: str
    combined: Combined | None = None


async def gather(tx: Tx, asked: Sequence[WithdrawPayment]) -> Orders:
    """Read the orders with their open attempts."""
    return await steps.orders(tx, [each.order_id for each in asked])


def decide(world: Orders, asked: WithdrawPayment) -> PaymentWithdrawn | Refused:
    """Accept while an attempt is open. Asked twice, WeChat is asked twice: closed is closed."""
    order = world.orders.get(asked.order_id)
    if order is None or order.buyer_id != asked.actor_id:
        return Refused("order_unknown")
    if order.state != "awaiting_payment":
        return Refused("order_not_open", {"state": order.state})
    if not order.attempt_id:
        return Refused("no_payment_open")
    return PaymentWithdrawn(
        subject_id=order.order_id,
        attempt_id=order.attempt_id,
        out_trade_no=steps.open_payment_of(asked.book, order),
        combined=order.combined,
    )


async def record(tx: Tx, happened: Sequence[Happened[WithdrawPayment, PaymentWithdrawn]]) -> None:
    """Write nothing: the attempt is open until WeChat closed it."""


withdraw_payment = Act(WithdrawPayment, PaymentWithdrawn, gather, decide, record)
