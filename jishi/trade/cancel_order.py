"""Cancel an order that awaits payment: it is closing; a reaction closes its payment, then it."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.money import Combined
from jishi.trade import rules, steps
from jishi.trade.steps import Orders


class CancelOrder(Request, frozen=True, kw_only=True):
    """The buyer (`actor_id`) does not want the order any more.

    Refused: `order_unknown` (also when it is somebody else's), `order_not_open`.
    """

    order_id: int


class OrderCancelled(Event, frozen=True, kw_only=True):
    """The order is closing at the buyer's wish; its open payment is closed first."""

    out_trade_no: str = ""
    combined: Combined | None = None


async def gather(tx: Tx, asked: Sequence[CancelOrder]) -> Orders:
    """Read the orders."""
    return await steps.orders(tx, [cancel.order_id for cancel in asked])


def decide(world: Orders, cancel: CancelOrder) -> OrderCancelled | Refused:
    """Accept the buyer's wish while the order awaits payment."""
    order = world.orders.get(cancel.order_id)
    if order is None or order.buyer_id != cancel.actor_id:
        return Refused("order_unknown")
    if not rules.may_step(order.state, "closing"):
        return Refused("order_not_open", {"state": order.state})
    order.state = "closing"
    return OrderCancelled(
        subject_id=order.order_id,
        out_trade_no=steps.open_payment_of(cancel.book, order),
        combined=order.combined,
    )


async def record(tx: Tx, happened: Sequence[Happened[CancelOrder, OrderCancelled]]) -> None:
    """Write the step."""
    await steps.step(tx, happened, "closing", "buyer_cancelled")


cancel_order = Act(CancelOrder, OrderCancelled, gather, decide, record)
