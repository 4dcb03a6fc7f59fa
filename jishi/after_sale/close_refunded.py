"""Close an order of which every unit was refunded: nothing is left to send or to settle."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries
from jishi.trade import steps
from jishi.trade.rules import may_step


class CloseRefunded(Request, frozen=True, kw_only=True):
    """A refund of this order arrived; it may have been the last.

    Refused: `order_unknown`, `order_not_refunded`.
    """

    order_id: int


class RefundedClosed(Event, frozen=True, kw_only=True):
    """The order (`subject_id`) is closed; its money is back, all of it."""


class Order(msgspec.Struct):
    """An order, how many units were bought, and how many are refunded."""

    order_id: int
    state: str
    bought: int
    refunded: int


World = dict[int, Order]
sql = queries(__file__)
read = sql.many("read", Order)


async def gather(tx: Tx, asked: Sequence[CloseRefunded]) -> World:
    """Read the orders with what was refunded."""
    return {
        each.order_id: each
        for each in await read(tx, order_ids=sorted({each.order_id for each in asked}))
    }


def decide(world: World, asked: CloseRefunded) -> RefundedClosed | Refused:
    """Accept when nothing is left, and the order has not come to its end another way."""
    order = world.get(asked.order_id)
    if order is None:
        return Refused("order_unknown")
    if order.refunded < order.bought or not may_step(order.state, "closed"):
        return Refused("order_not_refunded", {"state": order.state})
    order.state = "closed"
    return RefundedClosed(subject_id=order.order_id)


async def record(tx: Tx, happened: Sequence[Happened[CloseRefunded, RefundedClosed]]) -> None:
    """Write the step."""
    await steps.step(tx, happened, "closed", "all_refunded")


close_refunded = Act(CloseRefunded, RefundedClosed, gather, decide, record)
