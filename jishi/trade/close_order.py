"""Close an order that is closing: its payment can no longer come, so its stock goes back."""

from collections.abc import Sequence

from jishi import ledger, money
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.trade import steps
from jishi.trade.steps import Orders
from jishi.trade.types import ReservedLine


class CloseOrder(Request, frozen=True, kw_only=True):
    """Nothing can be paid on this order any more.

    Refused: `order_unknown`, `order_not_closing`.
    """

    order_id: int


class OrderClosed(Event, frozen=True, kw_only=True):
    """The order is closed and what it had set aside lies on the shelf again."""

    lines: list[ReservedLine]


async def gather(tx: Tx, asked: Sequence[CloseOrder]) -> Orders:
    """Read the orders and what they have set aside."""
    return await steps.orders_with_lines(tx, [close.order_id for close in asked])


def decide(world: Orders, close: CloseOrder) -> OrderClosed | Refused:
    """Accept an order that is closing."""
    order = world.orders.get(close.order_id)
    if order is None:
        return Refused("order_unknown")
    if order.state != "closing":
        return Refused("order_not_closing", {"state": order.state})
    order.state = "closed"
    return OrderClosed(subject_id=order.order_id, lines=world.lines[order.order_id])


async def record(tx: Tx, happened: Sequence[Happened[CloseOrder, OrderClosed]]) -> None:
    """Write the step, close what was open to pay, and move the stock back."""
    await steps.step(tx, happened, "closed", "nothing_to_pay")
    await money.close_attempts(tx, [event.subject_id for _, event, _ in happened])
    moves = [
        ledger.Move(
            number, line.sku_id, line.quantity,
            "reserved", line.store_id, "shelf", line.store_id, "order_closed",
        )
        for _, event, number in happened
        for line in event.lines
    ]  # fmt: skip
    await ledger.move(tx, moves)


close_order = Act(CloseOrder, OrderClosed, gather, decide, record)
