"""Can it carry the weight? How fast pages come, what searches find, what is paid, what is advised.

A share's interval is Wilson's. The 95th percentile of seconds is kept as a histogram one per cent
fine (`jishi.gauges.percentiles`).
"""

import math

from ibis import Table
from msgspec import Struct

from jishi.gauges.lake import Lake
from jishi.gauges.percentiles import percentile
from jishi.gauges.questions import WEIGHT
from jishi.gauges.shares import wilson
from jishi.gauges.spreads import Spread, spreads
from jishi.gauges.terms import Terms
from jishi.gauges.trials import evenness, pair, ratio_of_means, shifted
from jishi.gauges.types import Reading
from jishi.gauges.verdicts import Footing
from jishi.gauges.windows import (
    assigned,
    by_unit,
    count_of,
    days_since,
    deeds,
    plan_of,
    total,
    with_deeds,
)

ARMS = ("recommended", "popular")
SLOW = 0.95
FINE = 100
"""Buckets of the histogram: so many to a factor of e, one per cent each."""

SECONDS_MIN = 0.001
PAGES_A_SEARCH = 10
"""A percentile far out needs more than a share does: ten thousand pages to a thousand searches.

Of payments begun a thousand too, by our own choice. Each number waits for its own only.
"""


class Sums(Struct, frozen=True):
    """Pages by bucket of seconds, searches and empty ones, payments begun and done, the advised."""

    pages: dict[int, int]
    searches: int
    empty: int
    begun: int
    paid: int
    arms: dict[str, Spread]
    planned: dict[str, float]
    days: int


def expression(lake: Lake, _terms: Terms, _newest: int) -> Table:
    """Give the orders of each person who was shown recommendations, or what is popular."""
    units = assigned(lake, "recommender")
    rows = with_deeds(units, deeds(lake, ["order.pay"]))
    return by_unit(units, rows, orders=total(rows.day >= rows.start))


def gather(lake: Lake, terms: Terms, newest: int) -> Sums:
    """Ask the lake."""
    rows = lake.events
    searches = rows.filter(rows.type == "search.query")
    asked, empty = count_of(searches, searches.quantity == 0)
    begun = rows.filter(rows.type == "pay.start").select("object_id").distinct()
    done = rows.filter(rows.type == "order.pay").select("object_id").distinct()
    return Sums(
        pages=_pages(lake),
        searches=asked,
        empty=empty,
        begun=count_of(begun)[0],
        paid=count_of(begun.semi_join(done, "object_id"))[0],
        arms=spreads(expression(lake, terms, newest), ("orders",)),
        planned=plan_of(lake, "recommender", newest).planned,
        days=days_since(rows, newest),
    )


def _pages(lake: Lake) -> dict[int, int]:
    rows = lake.events
    pages = rows.filter(rows.type == "page.perf", rows.value >= SECONDS_MIN)
    bucket = (pages.value.ln() * FINE).floor().cast("int64")
    found = pages.group_by(bucket=bucket).aggregate(pages=pages.count()).to_pyarrow()
    return {row["bucket"]: row["pages"] for row in found.to_pylist()}


def measured(sums: Sums, level: float, _terms: Terms) -> dict[str, Reading]:
    """Give the seconds of the slowest twentieth, the shares, and the lift of recommendations."""
    found = {}
    if sums.pages:
        found["latency_p95_seconds"] = percentile(sums.pages, SLOW, level, _seconds)
    if sums.searches:
        found["zero_result_share"] = _share(sums.empty, sums.searches, level)
    if sums.begun:
        found["payment_success"] = _share(sums.paid, sums.begun, level)
    two = pair(sums.arms, *ARMS)
    if two and two[1].totals["orders"]:
        advised, popular = (arm.moments("orders") for arm in two)
        found["recommender_lift"] = shifted(ratio_of_means(advised, popular, level), -1)
    return found


def _share(count: int, units: int, level: float) -> Reading:
    return Reading(count / units, wilson(count, units, level))


def _seconds(bucket: int) -> tuple[float, float]:
    """Give the ends of a bucket of the histogram."""
    return math.exp(bucket / FINE), math.exp((bucket + 1) / FINE)


def footing(sums: Sums, age_days: int) -> Footing:
    """Say what the verdict would stand on: searches, tens of pages or payments, the most of them.

    What has less than its own least is left out of the verdict.
    """
    counted = {
        "latency_p95_seconds": sum(sums.pages.values()) // PAGES_A_SEARCH,
        "zero_result_share": sums.searches,
        "payment_success": sums.begun,
    }
    return Footing(
        units=max(counted.values()),
        units_min=WEIGHT.units_min,
        days=sums.days,
        days_min=WEIGHT.days_min,
        sample_ratio=evenness(sums.arms, ARMS, sums.planned),
        is_placebo_quiet=True,
        age_days=age_days,
        unripe={
            name: WEIGHT.units_min / units
            for name, units in counted.items()
            if 0 < units < WEIGHT.units_min
        },
    )
