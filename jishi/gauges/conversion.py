"""Are followers that were bought worth it? Margin less their cost, for each one more.

Whether a scan is rewarded is decided by the scanner's number. What the rewarded brought in more,
less what they cost, divided by how many more of them follow, is what one more follower is worth:
the ratio of A. Wald, Annals of Mathematical Statistics 11 (1940), with Fieller's interval.
"""

import ibis
from ibis import Table
from msgspec import Struct

from jishi.gauges.lake import Lake
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
HORIZON_DAYS = 180
MONEY = ("order.pay", "order.refund", "follow")
MEASURES = ("followed", "gained")


class Sums(Struct, frozen=True):
    """The arms, the followers of each source (margin less cost, fen), and the horizon in days."""

    arms: dict[str, Spread]
    sources: dict[str, Spread]
    days: int
    planned: dict[str, float]


def expression(lake: Lake, terms: Terms, newest: int) -> Table:
    """Give, for each who scanned, margin less cost within the horizon (fen), and if he followed."""
    horizon = min(HORIZON_DAYS, plan_of(lake, "depth", newest).seen)
    return _gained(lake, assigned(lake, "depth"), terms, horizon, newest)


def _gained(lake: Lake, units: Table, terms: Terms, days: int, newest: int) -> Table:
    """Follow units through their first so many days; who began too late for that is left out."""
    units = units.filter(units.day + days <= newest + 1)
    rows = with_deeds(units, deeds(lake, MONEY, "type", "amount_fen"))
    near = within(rows.day, rows.start, days)
    paid = total(near & (rows.type == "order.pay"), rows.amount_fen)
    back = total(near & (rows.type == "order.refund"), rows.amount_fen)
    cost = total(near & (rows.type == "follow"), rows.amount_fen)
    return by_unit(
        units,
        rows,
        followed=ever(near & (rows.type == "follow")),
        gained=percent(paid - back, terms.margin_percent) - cost,
    )


def by_source(lake: Lake, terms: Terms, days: int, newest: int) -> Table:
    """Give margin less cost of each follower, from the day he followed; the arm is his source."""
    rows = deeds(lake, ["follow"], "source")
    mine = ibis.window(group_by=rows.person_id)
    rows = rows.mutate(first=rows.day.min().over(mine))
    first = rows.filter(rows.day == rows["first"]).group_by(unit_id="person_id", day="day")
    units = first.aggregate(arm=rows.source.max())
    return _gained(lake, units, terms, days, newest)


def gather(lake: Lake, terms: Terms, newest: int) -> Sums:
    """Ask the lake."""
    since = plan_of(lake, "depth", newest)
    # As long as the average scanner was seen: those who came later would shorten it to nothing.
    days = min(HORIZON_DAYS, since.seen)
    units = _gained(lake, assigned(lake, "depth"), terms, days, newest)
    return Sums(
        arms=spreads(units, MEASURES),
        sources=spreads(by_source(lake, terms, days or HORIZON_DAYS, newest), MEASURES),
        days=days,
        planned=since.planned,
    )


def measured(sums: Sums, level: float, _terms: Terms) -> dict[str, Reading]:
    """Give what one more follower is worth after his cost, in fen."""
    two = pair(sums.arms, *ARMS)
    if two is None:
        return {}
    return {"margin_after_cost": ratio_of_lifts(two, "gained", "followed", level)}


def footing(sums: Sums, age_days: int) -> Footing:
    """Say what the verdict would stand on."""
    return footing_of(CONVERSION, sums.arms, ARMS, Seen(sums.days, age_days, sums.planned))
