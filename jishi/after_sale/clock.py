"""The clock: every half minute, cases whose time is over go on."""

from uuid import uuid4

import msgspec

from jishi.after_sale.lapse_case import LapseCase
from jishi.kernel import Market, Schedule, queries
from jishi.trade.sweep import Open, Sweep


class Due(msgspec.Struct, frozen=True):
    """A case whose time is over."""

    book: int
    case_id: int


def asked(due: Due) -> LapseCase:
    """Ask a case to go on."""
    return LapseCase(key=uuid4(), book=due.book, actor_id=0, case_id=due.case_id)


sql = queries(__file__)
count_open = sql.one("count_open", Open)
read_due = sql.many("read_due", Due)
sweep = Sweep("after_sale.lapse_cases", count_open, read_due, asked)


async def lapse_cases(market: Market) -> None:
    """Ask each due case to go on."""
    await sweep.run(market)


Schedule(sweep.name, 30, lapse_cases)
