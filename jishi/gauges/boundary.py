"""Can friends trade and stay friends? A friend's name on the page, and a purchase he hears of.

Whether a page names the friend who shared it is decided by the reader's number: orders an opening,
with and without. Whether a friend is told of a purchase is decided likewise: does the buyer open
that friend's links again in the month after. The first is a ratio of ratios by reader (A. Deng, U.
Knoblich, J. Lu, KDD 2018).
"""

import ibis
from ibis import Table
from msgspec import Struct
from msgspec.structs import replace

from jishi.gauges.lake import Lake
from jishi.gauges.means import fieller, ratio
from jishi.gauges.questions import BOUNDARY
from jishi.gauges.shares import garwood
from jishi.gauges.spreads import Spread, spreads
from jishi.gauges.terms import Terms
from jishi.gauges.trials import are_alike, evenness, footing_of, pair, ratio_of_means
from jishi.gauges.types import Reading, Seen
from jishi.gauges.verdicts import Footing
from jishi.gauges.windows import (
    assigned,
    by_unit,
    count_of,
    deeds,
    ever,
    plan_of,
    seen_weeks,
    total,
    week_of,
    weekly,
    with_deeds,
)

NAMED, TOLD = ("named", "unnamed"), ("told", "private")
AGAIN_DAYS, BEFORE_DAYS = 30, 28
IN_THOUSAND = 1_000


class Sums(Struct, frozen=True):
    """Both experiments, orders through friends and those disputed, the arms' plan, the days."""

    named: dict[str, Spread]
    told: dict[str, Spread]
    friendly: int
    disputed: int
    planned: dict[str, float]
    days: int


def expression(lake: Lake, _terms: Terms, _newest: int) -> Table:
    """Give each reader's openings of friends' shares, and his orders through them."""
    units = assigned(lake, "named")
    rows = with_deeds(units, deeds(lake, ["share.open", "order.pay"], "type", "entry"))
    rows = rows.filter(rows.day >= rows.start - BEFORE_DAYS)
    since, is_open = rows.day >= rows.start, rows.type == "share.open"
    bought = (rows.type == "order.pay") & (rows.entry == "share_friend")
    return by_unit(
        units,
        rows,
        before=total(is_open & ~since),
        opens=total(is_open & since),
        orders=total(bought & since),
    )


def friendships(lake: Lake, _terms: Terms, newest: int) -> Table:
    """Give each buyer through a friend, and whether he opened that friend's links again.

    Also by week, eight to each side. What he opened on the day itself led to the purchase: it is
    left out, and the day after begins the first week.
    """
    orders = deeds(lake, ["order.pay"], "actor_id")
    orders = orders.filter(orders.actor_id != 0)
    mine = ibis.window(group_by=orders.person_id, order_by=[orders.day, orders.actor_id])
    orders = orders.mutate(number=ibis.row_number().over(mine))
    first = orders.filter(orders.number == 0).select("person_id", "actor_id", bought="day")
    first = first.filter(first.bought + AGAIN_DAYS <= newest)
    units = assigned(lake, "told").inner_join(first, [("unit_id", "person_id")])
    opens = deeds(lake, ["share.open"], "actor_id")
    opens = opens.select("person_id", friend="actor_id", opened="day")
    units = units.select("unit_id", "arm", "actor_id", "bought")
    rows = units.inner_join(opens, [("unit_id", "person_id"), ("actor_id", "friend")])
    since = rows.opened > rows.bought
    again = since & (rows.opened <= rows.bought + AGAIN_DAYS)
    before = (rows.opened < rows.bought) & (rows.opened >= rows.bought - AGAIN_DAYS)
    day = rows.opened - ibis.ifelse(since, 1, 0)
    rows = rows.mutate(week=week_of(day, rows.bought)).filter(rows.opened != rows.bought)
    found = by_unit(
        units, rows, again=ever(again), before=ever(before), **weekly(rows.week, ibis.literal(1))
    )
    return seen_weeks(found, found.bought, _first_open(lake), newest - 1).drop("actor_id", "bought")


def _first_open(lake: Lake) -> int:
    """Give the day since which links are seen at all."""
    found = deeds(lake, ["share.open"]).day.min().to_pyarrow().as_py()
    return int(found) if found is not None else 0


def gather(lake: Lake, terms: Terms, newest: int) -> Sums:
    """Ask the lake."""
    rows = lake.events
    orders = rows.filter(rows.type == "order.pay", rows.actor_id != 0).select("object_id")
    disputes = rows.filter(rows.type == "order.dispute").select("object_id").distinct()
    disputed = orders.semi_join(disputes, "object_id")
    named, told = (plan_of(lake, name, newest) for name in ("named", "told"))
    return Sums(
        named=spreads(expression(lake, terms, newest), ("before", "opens", "orders")),
        told=spreads(friendships(lake, terms, newest), ("again", "before")),
        friendly=count_of(orders)[0],
        disputed=count_of(disputed)[0],
        planned=named.planned | told.planned,
        days=told.days,
    )


def measured(sums: Sums, level: float, _terms: Terms) -> dict[str, Reading]:
    """Give both ratios, and beside them the disputes in a thousand orders through friends."""
    found = {}
    two = pair(sums.named, *NAMED)
    if two and all(arm.totals["opens"] for arm in two):
        with_name, without = (ratio(arm.pairs("orders", "opens")) for arm in two)
        value = with_name.value / without.value if without.value else 0.0
        found["conversion_ratio"] = Reading(value, fieller(with_name, without, level))
    if two := pair(sums.told, *TOLD):
        told, private = (arm.moments("again") for arm in two)
        found["relation_ratio"] = ratio_of_means(told, private, level)
    if sums.friendly:
        rate = sums.disputed / sums.friendly * IN_THOUSAND
        found["disputes"] = Reading(
            rate, garwood(sums.disputed, sums.friendly / IN_THOUSAND, level)
        )
    return found


def footing(sums: Sums, age_days: int) -> Footing:
    """Say what the verdict would stand on: pairs of friends that traded."""
    seen = Seen(sums.days, age_days, sums.planned)
    found = footing_of(BOUNDARY, sums.told, TOLD, seen, before="before")
    # Both experiments decide: neither may be uneven, nor differ before it began.
    return replace(
        found,
        sample_ratio=min(found.sample_ratio, evenness(sums.named, NAMED, sums.planned)),
        is_placebo_quiet=found.is_placebo_quiet and are_alike(sums.named, NAMED, "before"),
    )
