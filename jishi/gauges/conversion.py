"""Are followers that were bought worth it? Margin less their cost, for each one more.

Whether a scan is rewarded is decided by the scanner's number. What the rewarded brought in more,
less what they cost, divided by how many more of them follow, is what one more follower is worth:
the ratio of A. Wald, Annals of Mathematical Statistics 11 (1940), with Fieller's interval. Beside
it, deciding nothing: do the rewarded who bought buy again as often as others; how many of each
order within the horizon, to leave being the other end (`jishi.gauges.survival`); and what promotion
adds, against those who are held out of it.
"""

import ibis
from ibis import Table
from msgspec import Struct

from jishi.gauges.first_orders import Waits, ordered, waits_of
from jishi.gauges.lake import Lake
from jishi.gauges.means import adjusted, fieller, less, normal, quotient, ratio
from jishi.gauges.questions import CONVERSION
from jishi.gauges.spreads import Spread, spreads
from jishi.gauges.terms import Terms
from jishi.gauges.trials import footing_of, pair, ratio_of_lifts
from jishi.gauges.types import Reading, Seen
from jishi.gauges.verdicts import Footing
from jishi.gauges.windows import (
    assigned,
    by_unit,
    deeds,
    ever,
    percent,
    plan_of,
    total,
    with_deeds,
    within,
)

ARMS = ("deep", "none")
HOLDOUT = ("promoted", "held_out")
UNKNOWN = "unknown"
HORIZON_DAYS = 180
BEFORE_DAYS = 28
MONEY = ("order.pay", "order.refund", "follow")
MEASURES = ("before", "bought", "bought_again", "followed", "gained")


class Sums(Struct, frozen=True):
    """The arms, the followers of each source (margin less cost, fen), and the horizon in days.

    `holdout` are orders of those who hear promotion and of those who do not.
    """

    arms: dict[str, Spread]
    sources: dict[str, Spread]
    holdout: dict[str, Spread]
    waits: tuple[Waits, ...]
    days: int
    planned: dict[str, float]


def expression(lake: Lake, terms: Terms, newest: int) -> Table:
    """Give, for each who scanned, margin less cost within the horizon (fen), and if he followed."""
    return _gained(lake, assigned(lake, "depth"), terms, _horizon(lake, newest), newest)


def _horizon(lake: Lake, newest: int) -> int:
    """Give as many days as the average scanner was seen: who came later would shorten it."""
    return min(HORIZON_DAYS, plan_of(lake, "depth", newest).seen)


def _gained(lake: Lake, units: Table, terms: Terms, days: int, newest: int) -> Table:
    """Follow units through their first so many days; who began too late for that is left out."""
    units = units.filter(units.day + days <= newest + 1)
    rows = with_deeds(units, deeds(lake, MONEY, "type", "amount_fen"))
    near, is_paid = within(rows.day, rows.start, days), rows.type == "order.pay"
    is_before = within(rows.day, rows.start - BEFORE_DAYS, BEFORE_DAYS)
    orders, paid = total(near & is_paid), total(near & is_paid, rows.amount_fen)
    back = total(near & (rows.type == "order.refund"), rows.amount_fen)
    cost = total(near & (rows.type == "follow"), rows.amount_fen)
    return by_unit(
        units,
        rows,
        bought_again=ibis.ifelse(orders > 1, 1, 0),
        before=total(is_before & is_paid),
        bought=ibis.ifelse(orders > 0, 1, 0),
        followed=ever(near & (rows.type == "follow")),
        gained=percent(paid - back, terms.margin_percent) - cost,
    )


def by_source(lake: Lake, terms: Terms, newest: int) -> Table:
    """Give margin less cost of each follower, from the day he followed; the arm is his source."""
    days = _horizon(lake, newest) or HORIZON_DAYS
    rows = deeds(lake, ["follow"], "source")
    mine = ibis.window(group_by=rows.person_id)
    rows = rows.mutate(first=rows.day.min().over(mine))
    first = rows.filter(rows.day == rows["first"]).group_by(unit_id="person_id", day="day")
    units = first.aggregate(arm=rows.source.max())
    units = units.mutate(arm=ibis.ifelse(units.arm == "", UNKNOWN, units.arm))
    found = _gained(lake, units, terms, days, newest)
    return found.select("unit_id", "arm", "followed", "gained")


def held_out(lake: Lake, _terms: Terms, newest: int) -> Table:
    """Give the orders of who is held out of promotion and who is not, and those of before.

    Each is seen for the same time: the horizon, or as long as the average one was here.
    """
    days = min(HORIZON_DAYS, plan_of(lake, "holdout", newest).seen)
    units = assigned(lake, "holdout")
    units = units.filter(units.day + days <= newest + 1, units.arm.isin(("all", "none")))
    units = units.mutate(arm=ibis.ifelse(units.arm == "none", HOLDOUT[1], HOLDOUT[0]))
    rows = with_deeds(units, deeds(lake, ["order.pay"]))
    return by_unit(
        units,
        rows,
        before=total(within(rows.day, rows.start - BEFORE_DAYS, BEFORE_DAYS)),
        orders=total(within(rows.day, rows.start, days)),
    )


def gather(lake: Lake, terms: Terms, newest: int) -> Sums:
    """Ask the lake."""
    since = plan_of(lake, "depth", newest)
    days = min(HORIZON_DAYS, since.seen)
    units = _gained(lake, assigned(lake, "depth"), terms, days, newest)
    return Sums(
        arms=spreads(units, MEASURES),
        sources=spreads(by_source(lake, terms, newest), ("followed", "gained")),
        holdout=spreads(held_out(lake, terms, newest), ("before", "orders")),
        waits=waits_of(lake, assigned(lake, "depth"), HORIZON_DAYS, newest),
        days=days,
        planned=since.planned,
    )


def measured(sums: Sums, level: float, _terms: Terms) -> dict[str, Reading]:
    """Give what one more follower is worth after his cost, in fen, and beside it what he does."""
    found = {}
    if two := pair(sums.arms, *ARMS):
        found["margin_after_cost"] = ratio_of_lifts(two, "gained", "followed", level)
        if all(arm.totals.get("bought_again") for arm in two):
            deep, none = (ratio(arm.pairs("bought_again", "bought")) for arm in two)
            found["repeat_ratio"] = Reading(quotient(deep, none).value, fieller(deep, none, level))
    deep_wait, none_wait = (ordered(sums.waits, arm) for arm in ARMS)
    if deep_wait and none_wait:
        more = less(deep_wait, none_wait)
        found["first_orders"] = Reading(more.value, normal(more, level))
    if held := pair(sums.holdout, *HOLDOUT):
        more = adjusted(*(arm.pairs("orders", "before") for arm in held))
        found["promotion_orders"] = Reading(more.value, normal(more, level))
    return found


def footing(sums: Sums, age_days: int) -> Footing:
    """Say what the verdict would stand on."""
    seen = Seen(sums.days, age_days, sums.planned)
    return footing_of(CONVERSION, sums.arms, ARMS, seen, before="before")
