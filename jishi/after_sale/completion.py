"""Completion: every minute, orders whose window is over; then their money is settled."""

from collections.abc import Sequence
from uuid import uuid4

import msgspec

from jishi.after_sale.complete_order import CompleteOrder, OrderCompleted
from jishi.kernel import Market, Reaction, Request, Schedule, Told, queries
from jishi.money import SettleOrder
from jishi.trade.sweep import Open, Sweep


class Due(msgspec.Struct, frozen=True):
    """An order whose window is over."""

    book: int
    order_id: int


def asked(due: Due) -> CompleteOrder:
    """Ask an order to be completed."""
    return CompleteOrder(key=uuid4(), book=due.book, actor_id=0, order_id=due.order_id)


sql = queries(__file__)
count_open = sql.one("count_open", Open)
read_due = sql.many("read_due", Due)
sweep = Sweep("after_sale.complete_orders", count_open, read_due, asked)


async def complete_orders(market: Market) -> None:
    """Ask each order whose window is over to be completed."""
    await sweep.run(market)


async def settle(told: Sequence[Told[OrderCompleted]]) -> Sequence[Sequence[Request]]:
    """Settle each order that is completed; one that cost nothing has nothing to settle."""
    return [
        [
            SettleOrder(
                key=each.key("settle"), book=each.book, actor_id=0, order_id=each.event.subject_id
            )
        ]
        if each.event.total_fen
        else []
        for each in told
    ]


Schedule(sweep.name, 60, complete_orders)
Reaction("after_sale.settle_completed", OrderCompleted, settle)
