"""Expire an order whose time to pay is over: it is closing, as if it were cancelled."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.money import Combined
from jishi.trade import rules, steps
from jishi.trade.steps import Orders


class ExpireOrder(Request, frozen=True, kw_only=True):
    """The clock says that an order's time is over.

    Refused: `order_unknown`, `order_not_open`, `not_yet_due`.
    """

    order_id: int


class OrderExpired(Event, frozen=True, kw_only=True):
    """The order is closing because nobody paid in time; its open payment is closed first."""

    out_trade_no: str = ""
    combined: Combined | None = None


async def gather(tx: Tx, asked: Sequence[ExpireOrder]) -> Orders:
    """Read the orders."""
    return await steps.orders(tx, [expire.order_id for expire in asked])


def decide(world: Orders, expire: ExpireOrder) -> OrderExpired | Refused:
    """Accept when the time to pay is really over, by the database's clock."""
    order = world.orders.get(expire.order_id)
    if order is None:
        return Refused("order_unknown")
    if not rules.may_step(order.state, "closing"):
        return Refused("order_not_open", {"state": order.state})
    if world.now < order.pay_until:
        return Refused("not_yet_due")
    order.state = "closing"
    return OrderExpired(
        subject_id=order.order_id,
        out_trade_no=steps.open_payment_of(expire.book, order),
        combined=order.combined,
    )


async def record(tx: Tx, happened: Sequence[Happened[ExpireOrder, OrderExpired]]) -> None:
    """Write the step."""
    await steps.step(tx, happened, "closing", "payment_time_over")


expire_order = Act(ExpireOrder, OrderExpired, gather, decide, record)
