"""Is it one system? Orders that went right in everything, money in time, books that agree.

A paid order is looked at two weeks after, when it should be over. It was perfect if it was sent or
handed over within two days, arrived, and nothing was wrong with it or with what was charged.
"""

from ibis import Table, ifelse
from msgspec import Struct

from jishi.gauges.lake import Lake
from jishi.gauges.percentiles import itself, percentile
from jishi.gauges.questions import OPERATION
from jishi.gauges.shares import garwood, wilson
from jishi.gauges.terms import Terms
from jishi.gauges.types import Interval, Reading
from jishi.gauges.verdicts import Footing
from jishi.gauges.windows import count_of, days_since, total

OVER_DAYS, SENT_DAYS, SETTLED_DAYS, EXPLAINED_DAYS = 14, 2, 1, 7
SENT = ("shipment.ship", "pickup.verify")
ARRIVED = ("shipment.receive", "pickup.verify", "order.complete")
WRONG = ("order.refund", "order.dispute")
OF_ORDERS = ("order.pay", *SENT, "shipment.receive", "order.complete", *WRONG)
NEVER = 2**30
"""A day that a few more can be added to."""

SLOW = 0.95
IN_TEN_THOUSAND = 10_000


class Sums(Struct, frozen=True):
    """Paid orders and perfect ones by the day of payment; sums and differences by days they took.

    `settled` are sums from due to paid, `cleared` differences from found to explained; what is
    open counts with its days so far. `breaks` are all differences of the days of these orders.
    """

    course: dict[int, tuple[int, int]]
    settled: dict[int, int]
    cleared: dict[int, int]
    breaks: int
    unexplained: int
    days: int

    @property
    def orders(self) -> int:
        return sum(orders for orders, _ in self.course.values())

    @property
    def perfect(self) -> int:
        return sum(perfect for _, perfect in self.course.values())

    @property
    def due(self) -> int:
        return sum(self.settled.values())

    @property
    def in_time(self) -> int:
        return sum(sums for days, sums in self.settled.items() if days <= SETTLED_DAYS)


def expression(lake: Lake, _terms: Terms, newest: int) -> Table:
    """Give each paid order that should be over: whether it was sent in time, arrived, was right."""
    rows = lake.events
    rows = rows.filter(rows.type.isin(OF_ORDERS)).select("object_id", "type", "day")
    orders = rows.group_by("object_id").aggregate(
        paid=ifelse(rows.type == "order.pay", rows.day, NEVER).min(),
        sent=ifelse(rows.type.isin(SENT), rows.day, NEVER).min(),
        arrived=total(rows.type.isin(ARRIVED)),
        wrong=total(rows.type.isin(WRONG)),
    )
    return orders.filter(orders.paid + OVER_DAYS <= newest)


def gather(lake: Lake, terms: Terms, newest: int) -> Sums:
    """Ask the lake."""
    orders = expression(lake, terms, newest)
    is_sent = orders.sent <= orders.paid + SENT_DAYS
    is_perfect = is_sent & (orders.arrived > 0) & (orders.wrong == 0)
    course = orders.group_by("paid").aggregate(orders=orders.count(), perfect=total(is_perfect))
    sums = _courses(lake, ("settle.due", "settle.paid"), newest)
    broken = _courses(lake, ("recon.break", "recon.clear"), newest)
    is_ripe = broken.begun + EXPLAINED_DAYS <= newest
    _, breaks, unexplained = count_of(
        broken, broken.begun + OVER_DAYS <= newest, is_ripe & broken.is_open
    )
    return Sums(
        course={
            row["paid"]: (row["orders"], row["perfect"]) for row in course.to_pyarrow().to_pylist()
        },
        settled=_by_days(sums.filter(sums.begun + SETTLED_DAYS <= newest)),
        cleared=_by_days(broken.filter(is_ripe)),
        breaks=breaks,
        unexplained=unexplained,
        days=days_since(lake.events, newest),
    )


def _courses(lake: Lake, types: tuple[str, str], newest: int) -> Table:
    """Give what was begun by one type and ended by another: the days it took, so far if open."""
    rows = lake.events
    rows = rows.filter(rows.type.isin(types)).select("object_id", "type", "day")
    begun, ended = (ifelse(rows.type == each, rows.day, NEVER).min() for each in types)
    found = rows.group_by("object_id").aggregate(begun=begun, ended=ended)
    found = found.filter(found.begun < NEVER)
    is_open = found.ended == NEVER
    # What is still open today ends tomorrow at the earliest.
    took = ifelse(is_open, newest + 1, found.ended) - found.begun
    return found.select("begun", is_open=is_open, took=took.cast("int64"))


def _by_days(found: Table) -> dict[int, int]:
    counted = found.group_by("took").aggregate(units=found.count()).to_pyarrow().to_pylist()
    return {row["took"]: row["units"] for row in counted}


def measured(sums: Sums, level: float, _terms: Terms) -> dict[str, Reading]:
    """Give both shares, the differences nobody could explain (counted, not estimated), the waits.

    The waits are of the slowest twentieth, in days; differences found are in ten thousand orders.
    """
    found = {}
    if sums.orders:
        interval = wilson(sums.perfect, sums.orders, level)
        found["perfect_order"] = Reading(sums.perfect / sums.orders, interval)
    if sums.due:
        interval = wilson(sums.in_time, sums.due, level)
        found["settled_on_time"] = Reading(sums.in_time / sums.due, interval)
    if sums.orders or sums.due:
        count = float(sums.unexplained)
        found["unexplained_differences"] = Reading(count, Interval(count, count))
    if sums.due:
        found["settlement_days_p95"] = percentile(sums.settled, SLOW, level, itself)
    if sums.orders:
        in_tens = sums.orders / IN_TEN_THOUSAND
        found["breaks"] = Reading(sums.breaks / in_tens, garwood(sums.breaks, in_tens, level))
    if sums.cleared:
        found["explained_days_p95"] = percentile(sums.cleared, SLOW, level, itself)
    return found


def footing(sums: Sums, age_days: int) -> Footing:
    """Say what the verdict would stand on."""
    return Footing(
        units=sums.orders,
        units_min=OPERATION.units_min,
        days=sums.days,
        days_min=OPERATION.days_min,
        sample_ratio=1.0,
        is_placebo_quiet=True,
        age_days=age_days,
    )
