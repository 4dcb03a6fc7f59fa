"""Receipt: every minute, orders that were sent ten days ago count as received."""

from uuid import uuid4

import msgspec

from jishi.fulfilment.confirm_receipt import CLOCK, ConfirmReceipt
from jishi.kernel import Market, Schedule, queries
from jishi.trade.sweep import Open, Sweep


class Due(msgspec.Struct, frozen=True):
    """An order that was sent long enough ago."""

    book: int
    order_id: int


def asked(due: Due) -> ConfirmReceipt:
    """Ask an order to be received."""
    return ConfirmReceipt(key=uuid4(), book=due.book, actor_id=CLOCK, order_id=due.order_id)


sql = queries(__file__)
count_open = sql.one("count_open", Open)
read_due = sql.many("read_due", Due)
sweep = Sweep("fulfilment.receive_orders", count_open, read_due, asked)


async def receive_orders(market: Market) -> None:
    """Ask each order that was sent long enough ago to be received."""
    await sweep.run(market)


Schedule(sweep.name, 60, receive_orders)
