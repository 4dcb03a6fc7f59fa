"""Steps: the orders an act moves on, and the row that says who moved them, when and why."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec

from jishi import money
from jishi.kernel import Event, Happened, Request, Tx, columns, queries
from jishi.trade.types import Order, ReservedLine


class Orders(msgspec.Struct):
    """Orders by id, what each has set aside (where an act needs it), and the moment."""

    orders: dict[int, Order]
    lines: dict[int, list[ReservedLine]]
    now: datetime


sql = queries(__file__)
read_orders = sql.many("read_orders", Order)
read_lines = sql.many("read_lines", ReservedLine)
write = sql.run("write")


async def orders(tx: Tx, order_ids: Sequence[int]) -> Orders:
    """Read these orders under the book's lock."""
    found = await read_orders(tx, order_ids=order_ids)
    return Orders({order.order_id: order for order in found}, {}, tx.now)


async def orders_with_lines(tx: Tx, order_ids: Sequence[int]) -> Orders:
    """Read these orders and what they have set aside."""
    world = await orders(tx, order_ids)
    lines: dict[int, list[ReservedLine]] = defaultdict(list)
    for line in await read_lines(tx, order_ids=order_ids):
        lines[line.order_id].append(line)
    world.lines = lines
    return world


def open_payment_of(book: int, order: Order) -> str:
    """Give the number of the order's open attempt at WeChat; empty while there is none."""
    return money.rules.out_trade_no(book, order.attempt_id) if order.attempt_id else ""


async def step(
    tx: Tx, happened: Sequence[Happened[Request, Event]], state: str, reason: str
) -> None:
    """Lead these orders (each event's subject) to a state, and write down the step."""
    rows = [(event.subject_id, number, request.actor_id) for request, event, number in happened]
    await write(
        tx, state=state, reason=reason, **columns(rows, "order_ids", "numbers", "actor_ids")
    )
