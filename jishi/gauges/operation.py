"""Is it one system? Orders that went right in everything, money in time, books that agree.

A paid order is looked at two weeks after, when it should be over. It was perfect if it was sent or
handed over within two days, arrived, and nothing was wrong with it or with what was charged.
"""

from ibis import Table, ifelse
from msgspec import Struct

from jishi.gauges.lake import Lake
from jishi.gauges.questions import OPERATION
from jishi.gauges.shares import wilson
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


class Sums(Struct, frozen=True):
    """Paid orders and perfect ones by the day of payment, sums due and settled in time.

    Beside them the differences that nobody explained.
    """

    course: dict[int, tuple[int, int]]
    due: int
    in_time: int
    unexplained: int
    days: int

    @property
    def orders(self) -> int:
        return sum(orders for orders, _ in self.course.values())

    @property
    def perfect(self) -> int:
        return sum(perfect for _, perfect in self.course.values())


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
    due, in_time = _settled(lake, newest)
    return Sums(
        course={
            row["paid"]: (row["orders"], row["perfect"]) for row in course.to_pyarrow().to_pylist()
        },
        due=due,
        in_time=in_time,
        unexplained=_unexplained(lake, newest),
        days=days_since(lake.events, newest),
    )


def _settled(lake: Lake, newest: int) -> tuple[int, int]:
    rows = lake.events
    rows = rows.filter(rows.type.isin(["settle.due", "settle.paid"]))
    sums = rows.group_by("object_id").aggregate(
        due=ifelse(rows.type == "settle.due", rows.day, NEVER).min(),
        paid=ifelse(rows.type == "settle.paid", rows.day, NEVER).min(),
    )
    sums = sums.filter(sums.due + SETTLED_DAYS <= newest)
    due, in_time = count_of(sums, sums.paid <= sums.due + SETTLED_DAYS)
    return due, in_time


def _unexplained(lake: Lake, newest: int) -> int:
    rows = lake.events
    cleared = rows.filter(rows.type == "recon.clear").select("object_id")
    broken = rows.filter(rows.type == "recon.break", rows.day + EXPLAINED_DAYS <= newest)
    return count_of(broken.anti_join(cleared, "object_id"))[0]


def measured(sums: Sums, level: float, _terms: Terms) -> dict[str, Reading]:
    """Give both shares, and the differences nobody could explain: counted, not estimated."""
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
