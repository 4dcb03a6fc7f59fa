"""Call an order off: the shop cannot or will not sell it, while nothing is paid."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.money import Combined
from jishi.trade import rules, steps
from jishi.trade.steps import Orders


class CallOffOrder(Request, frozen=True, kw_only=True):
    """A member of the staff (`actor_id`) calls an order off.

    Refused: `order_unknown`, `order_not_open`.
    """

    order_id: int


class OrderCalledOff(Event, frozen=True, kw_only=True):
    """The order is closing at the shop's wish; its open payment is closed first."""

    out_trade_no: str = ""
    combined: Combined | None = None


async def gather(tx: Tx, asked: Sequence[CallOffOrder]) -> Orders:
    """Read the orders."""
    return await steps.orders(tx, [each.order_id for each in asked])


def decide(world: Orders, asked: CallOffOrder) -> OrderCalledOff | Refused:
    """Accept the shop's wish while the order awaits payment."""
    order = world.orders.get(asked.order_id)
    if order is None:
        return Refused("order_unknown")
    if not rules.may_step(order.state, "closing"):
        return Refused("order_not_open", {"state": order.state})
    order.state = "closing"
    return OrderCalledOff(
        subject_id=order.order_id,
        out_trade_no=steps.open_payment_of(asked.book, order),
        combined=order.combined,
    )


async def record(tx: Tx, happened: Sequence[Happened[CallOffOrder, OrderCalledOff]]) -> None:
    """Write the step."""
    await steps.step(tx, happened, "closing", "shop_called_off")


call_off_order = Act(CallOffOrder, OrderCalledOff, gather, decide, record)
