"""Accept an order that costs nothing: it is paid without anybody paying."""

from collections.abc import Sequence

from jishi import ledger
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.trade import steps
from jishi.trade.steps import Orders
from jishi.trade.types import ReservedLine


class AcceptFreeOrder(Request, frozen=True, kw_only=True):
    """An order costs nothing, so there is nothing to wait for.

    Refused: `order_unknown`, `order_not_open`, `order_not_free`.
    """

    order_id: int


class FreeOrderAccepted(Event, frozen=True, kw_only=True):
    """The order is paid; its goods are the customer's."""

    lines: list[ReservedLine]


async def gather(tx: Tx, asked: Sequence[AcceptFreeOrder]) -> Orders:
    """Read the orders and what they have set aside."""
    return await steps.orders_with_lines(tx, [each.order_id for each in asked])


def decide(world: Orders, asked: AcceptFreeOrder) -> FreeOrderAccepted | Refused:
    """Accept an open order whose total is nothing."""
    order = world.orders.get(asked.order_id)
    if order is None:
        return Refused("order_unknown")
    if order.state != "awaiting_payment":
        return Refused("order_not_open", {"state": order.state})
    if order.total_fen:
        return Refused("order_not_free")
    order.state = "paid"
    return FreeOrderAccepted(subject_id=order.order_id, lines=world.lines[order.order_id])


async def record(tx: Tx, happened: Sequence[Happened[AcceptFreeOrder, FreeOrderAccepted]]) -> None:
    """Write the step; the goods go to the customer."""
    await steps.step(tx, happened, "paid", "nothing_to_pay")
    moves = [
        ledger.Move(
            number, line.sku_id, line.quantity,
            "reserved", line.store_id, "customer", event.subject_id, "free_order",
        )
        for _, event, number in happened
        for line in event.lines
    ]  # fmt: skip
    await ledger.move(tx, moves)


accept_free_order = Act(AcceptFreeOrder, FreeOrderAccepted, gather, decide, record)
