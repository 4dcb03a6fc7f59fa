"""Complete an order: its window is over, nothing of it can be asked back any more."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from jishi.after_sale import rules
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries
from jishi.trade import steps
from jishi.trade.rules import may_step


class CompleteOrder(Request, frozen=True, kw_only=True):
    """The clock says that seven days went by since the order was received.

    Refused: `order_unknown`, `order_elsewhere`, `not_yet_due`; and, each time anew,
    `case_open` and `refund_under_way`.
    """

    order_id: int


class OrderCompleted(Event, frozen=True, kw_only=True):
    """The order (`subject_id`) is completed; what was paid and kept is the shop's."""

    total_fen: int


class Order(msgspec.Struct):
    """An order in its window, and whether somebody still wants something of it."""

    order_id: int
    state: str
    total_fen: int
    received_at: datetime | None
    is_wanted: bool
    is_refunding: bool


class World(msgspec.Struct):
    """The orders, and what time it is."""

    orders: dict[int, Order]
    now: datetime


sql = queries(__file__)
read = sql.many("read", Order)


async def gather(tx: Tx, asked: Sequence[CompleteOrder]) -> World:
    """Read the orders."""
    found = await read(tx, order_ids=sorted({each.order_id for each in asked}))
    return World({each.order_id: each for each in found}, tx.now)


def decide(world: World, asked: CompleteOrder) -> OrderCompleted | Refused:
    """Accept when the window is really over, by the database's clock, and nothing is open."""
    order = world.orders.get(asked.order_id)
    if order is None:
        return Refused("order_unknown")
    if not may_step(order.state, "completed"):
        return Refused("order_elsewhere", {"state": order.state})
    if order.received_at is None or world.now < order.received_at + rules.WINDOW:
        return Refused("not_yet_due", is_final=False)
    if order.is_wanted:
        return Refused("case_open", is_final=False)
    if order.is_refunding:
        return Refused("refund_under_way", is_final=False)
    order.state = "completed"
    return OrderCompleted(subject_id=order.order_id, total_fen=order.total_fen)


async def record(tx: Tx, happened: Sequence[Happened[CompleteOrder, OrderCompleted]]) -> None:
    """Write the step."""
    await steps.step(tx, happened, "completed", "window_over")


complete_order = Act(CompleteOrder, OrderCompleted, gather, decide, record)
