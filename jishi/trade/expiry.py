"""Expiry: every few seconds, orders whose time to pay is over."""

from uuid import uuid4

import msgspec

from jishi.kernel import Market, Schedule, queries
from jishi.trade.expire_order import ExpireOrder
from jishi.trade.sweep import Open, Sweep


class Due(msgspec.Struct, frozen=True):
    """An order whose time is over."""

    book: int
    order_id: int


def asked(due: Due) -> ExpireOrder:
    """Ask an order to expire."""
    return ExpireOrder(key=uuid4(), book=due.book, actor_id=0, order_id=due.order_id)


sql = queries(__file__)
count_open = sql.one("count_open", Open)
read_due = sql.many("read_due", Due)
sweep = Sweep("trade.expire_orders", count_open, read_due, asked)


async def expire_orders(market: Market) -> None:
    """Ask each due order to expire."""
    await sweep.run(market)


Schedule(sweep.name, 5, expire_orders)
