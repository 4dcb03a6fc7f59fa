"""Reconciling by the clock: when a day's bill is there, each book is compared with its part."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import msgspec

from jishi import goods
from jishi.kernel import MARKET, Answer, Market, Schedule, queries
from jishi.money import reconcile_rules
from jishi.money.bills import fund_bill, trade_bill
from jishi.money.flow_rules import Flow
from jishi.money.gateway import gateway
from jishi.money.reconcile_day import ReconcileDay
from jishi.money.reconcile_rules import BillLine
from jishi.money.rules import attempt_of

SHOPS_MAX = 10_000
DAYS_MAX = 7
"""So many days are caught up with in one turn; the next turn goes on."""


class LastDay(msgspec.Struct, frozen=True):
    """The newest day that was compared, if any was, and the day on which the market began."""

    day: date | None
    began_on: date | None


sql = queries(__file__)
read_last = sql.one("read_last", LastDay)


async def reconcile(market: Market, day: date) -> dict[int, Answer]:
    """Fetch a day's bill and compare every book with its lines; gives each book's answer.

    What names no book of ours is the market's to look at.
    """
    books = {shop.book for shop in await market.look(goods.views.shops, shops_max=SHOPS_MAX)}
    parts: dict[int, list[BillLine]] = defaultdict(list)
    owners: dict[str, int] = {}
    for line in await trade_bill(day):
        book = reconcile_rules.book_of(line)
        owners[line.out_number] = book if book in books else MARKET
        parts[owners[line.out_number]].append(line)
    flows = flows_of(await fund_bill(day), owners, books)
    # The market's own book is the last: when it has the day, every shop has it.
    return {
        book: await market.ask(
            ReconcileDay(
                key=uuid4(),
                book=book,
                actor_id=0,
                day=day,
                lines=tuple(parts.get(book, ())),
                flows=None if flows is None else tuple(flows.get(book, ())),
            )
        )
        for book in [*sorted(books - {MARKET}), MARKET]
    }


def flows_of(
    bill: Sequence[Flow] | None, owners: Mapping[str, int], books: Collection[int]
) -> dict[int, list[Flow]] | None:
    """Part the fund bill by book: as the trade bill does, or by its number."""
    if bill is None:
        return None
    parts: dict[int, list[Flow]] = defaultdict(list)
    for flow in bill:
        book = owners.get(flow.out_number) or attempt_of(flow.out_number)[0]
        parts[book if book in books else MARKET].append(flow)
    return parts


async def reconcile_days(market: Market) -> None:
    """Catch up with the days whose bills are there; nothing while paying is not set up."""
    if await gateway.ready() is None:
        return
    ready = reconcile_rules.last_ready_day(datetime.now(UTC))
    last = await market.look(read_last, book=MARKET)
    assert last is not None, "an aggregate has a row"
    first = reconcile_rules.first_day(last.day, last.began_on or ready, ready)
    for days in range(min((ready - first).days + 1, DAYS_MAX)):
        await reconcile(market, first + timedelta(days=days))


Schedule("money.reconcile_days", 1_800, reconcile_days)
