"""Change a price before it is paid: a shop lets something off, of lines or of the freight."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.trade import steps
from jishi.trade.rules import PAY_WITHIN
from jishi.trade.steps import Orders


class ChangePrice(Request, frozen=True, kw_only=True):
    """A member of the staff (`actor_id`) says what each line, in order, and the freight cost now.

    Refused: `order_unknown`, `order_not_open`, `pay_time_over`, `payment_open`, `prices_unclear`,
    `price_not_lower`.
    """

    order_id: int
    paid_fen: tuple[int, ...]
    freight_fen: int


class Change(msgspec.Struct, frozen=True):
    """What a line, or the freight (position 0), cost before and costs now."""

    position: int
    from_fen: int
    to_fen: int


class PriceChanged(Event, frozen=True, kw_only=True):
    """The order costs so much now, and waits for its money from now on as long as a new one."""

    changes: list[Change]
    total_fen: int
    pay_until: datetime


class Cost(msgspec.Struct):
    """What a line of an order, or its freight (position 0), costs."""

    order_id: int
    position: int
    fen: int


class World(msgspec.Struct):
    """The orders, and what each of their parts costs, the freight first."""

    orders: Orders
    costs: dict[int, list[Cost]]


sql = queries(__file__)
read_costs = sql.many("read_costs", Cost)
write = sql.run("write")
write_orders = sql.run("write_orders")


async def gather(tx: Tx, asked: Sequence[ChangePrice]) -> World:
    """Read the orders with their costs."""
    order_ids = sorted({each.order_id for each in asked})
    costs: dict[int, list[Cost]] = defaultdict(list)
    for cost in await read_costs(tx, order_ids=order_ids):
        costs[cost.order_id].append(cost)
    return World(await steps.orders(tx, order_ids), costs)


def decide(world: World, asked: ChangePrice) -> PriceChanged | Refused:  # noqa: PLR0911 - one a reason
    """Accept what is lower, while nobody is paying."""
    order = world.orders.orders.get(asked.order_id)
    if order is None:
        return Refused("order_unknown")
    if order.state != "awaiting_payment":
        return Refused("order_not_open", {"state": order.state})
    if world.orders.now >= order.pay_until:
        return Refused("pay_time_over")
    if order.attempt_id:
        return Refused("payment_open")
    costs, wanted = world.costs[order.order_id], (asked.freight_fen, *asked.paid_fen)
    if len(wanted) != len(costs) or any(fen < 0 for fen in wanted):
        return Refused("prices_unclear")
    changes = [
        Change(cost.position, cost.fen, fen)
        for cost, fen in zip(costs, wanted, strict=True)
        if cost.fen != fen
    ]
    if not changes or any(each.to_fen > each.from_fen for each in changes):
        return Refused("price_not_lower")
    for cost, fen in zip(costs, wanted, strict=True):
        cost.fen = fen
    order.total_fen, order.pay_until = sum(wanted), world.orders.now + PAY_WITHIN
    return PriceChanged(
        subject_id=order.order_id, changes=changes, total_fen=order.total_fen,
        pay_until=order.pay_until,
    )  # fmt: skip


async def record(tx: Tx, happened: Sequence[Happened[ChangePrice, PriceChanged]]) -> None:
    """Write the changes; lines and orders cost what they came to last."""
    rows = [
        (event.subject_id, number, each.position, each.from_fen, each.to_fen, asked.actor_id)
        for asked, event, number in happened
        for each in event.changes
    ]
    names = ("order_ids", "numbers", "positions", "froms", "tos", "staff_ids")
    await write(tx, **columns(rows, *names))
    last = {
        event.subject_id: (event.subject_id, asked.freight_fen, event.total_fen, event.pay_until)
        for asked, event, _ in happened
    }
    await write_orders(
        tx, **columns(list(last.values()), "order_ids", "freights", "totals", "pay_untils")
    )


change_price = Act(ChangePrice, PriceChanged, gather, decide, record)
