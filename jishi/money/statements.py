"""Statements by the clock: in the first days of a month, each shop's of the month before."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from jishi import goods
from jishi.kernel import Market, Schedule
from jishi.money import reconcile_rules
from jishi.money.cut_statement import CutStatement

SHOPS_MAX = 10_000
CUT_DAYS = 3
"""Tried on these days of a month: a market that was down on the first is not too late."""


def month_before(day: date) -> date | None:
    """Give the last day of the month before, in the first days of a month; else none."""
    return day.replace(day=1) - timedelta(days=1) if day.day <= CUT_DAYS else None


async def cut_statements(market: Market) -> None:
    """Cut what can be cut; a shop with nothing new refuses, and that is all."""
    until = month_before(reconcile_rules.today(datetime.now(UTC)))
    if until is None:
        return
    for shop in await market.look(goods.views.shops, shops_max=SHOPS_MAX):
        await market.ask(CutStatement(key=uuid4(), book=shop.book, actor_id=0, until=until))


Schedule("money.cut_statements", 21_600, cut_statements)
