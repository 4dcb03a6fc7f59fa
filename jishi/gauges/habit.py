"""Do buyers here become habitual? What is left of a lift when the reminders stop.

Reminders are given to some and not to others, and stop; what is left of the difference in the
fifth to eighth week after is a habit. The interval of the ratio is Fieller's. Beside it stand
numbers that need no experiment and decide nothing: repeat orders that nobody prompted, buyers with
a rhythm, and how many repeat orders came for each that was forecast.
"""

import ibis
from ibis import Table
from msgspec import Struct

from jishi.gauges.histories import Histories, histories
from jishi.gauges.lake import Lake
from jishi.gauges.questions import HABIT
from jishi.gauges.shares import garwood, wilson
from jishi.gauges.spreads import Spread, spreads
from jishi.gauges.terms import Terms
from jishi.gauges.trials import footing_of, pair, ratio_of_lifts
from jishi.gauges.types import Reading, Seen
from jishi.gauges.verdicts import Footing
from jishi.gauges.vocabulary import UNPROMPTED
from jishi.gauges.windows import (
    assigned,
    by_unit,
    count_of,
    deeds,
    plan_of,
    seen_weeks,
    total,
    week_of,
    weekly,
    with_deeds,
    within,
)

ARMS = ("prompted", "quiet")
QUIET_DAYS, AFTER_DAYS, BEFORE_DAYS = 28, 28, 28
PROMPTING_DAYS = 7
"""The lift that counts is that of weeks 5 to 8 after the last reminder."""

MEASURES = ("after", "before", "during")


class Sums(Struct, frozen=True):
    """The arms, repeat orders and how many of them nothing prompted, what buyers' days tell."""

    arms: dict[str, Spread]
    repeats: int
    unprompted: int
    histories: Histories
    days: int
    planned: dict[str, float]


def expression(lake: Lake, _terms: Terms, newest: int) -> Table:
    """Give each unit's orders a week: before, while reminded, and in weeks 5 to 8 after.

    Only who was seen to the end of the eighth week counts.
    """
    stopped = assigned(lake, "prompts", "withdrawn").select("unit_id", stop="day")
    units = assigned(lake, "prompts").inner_join(stopped, "unit_id")
    units = units.filter(units.stop > units.day)
    units = units.filter(units.stop + QUIET_DAYS + AFTER_DAYS <= newest + 1)
    rows = with_deeds(units, deeds(lake, ["order.pay"]))
    rows = rows.mutate(week=week_of(rows.day, rows.stop))
    after = total(within(rows.day, rows.stop + QUIET_DAYS, AFTER_DAYS))
    during = total((rows.day >= rows.start) & (rows.day < rows.stop))
    found = by_unit(
        units,
        rows,
        after=after * 7 / AFTER_DAYS,
        before=total(within(rows.day, rows.start - BEFORE_DAYS, BEFORE_DAYS)),
        during=during * 7 / (rows.stop.max() - rows.start.min()),
        **weekly(rows.week, ibis.literal(1)),
    )
    return seen_weeks(found, found.stop, found.day, newest).drop("day", "stop")


def gather(lake: Lake, terms: Terms, newest: int) -> Sums:
    """Ask the lake."""
    orders = deeds(lake, ["order.pay"], "entry")
    mine = ibis.window(group_by=orders.person_id)
    orders = orders.mutate(first=orders.day.min().over(mine))
    # Asked four times: kept for as long.
    orders = orders.mutate(is_unprompted=orders.entry.isin(UNPROMPTED)).cache()
    again = orders.filter(orders.day > orders["first"])
    (repeats,) = count_of(again)
    (unprompted,) = count_of(_quiet(lake, again.filter(again.is_unprompted)))
    since = plan_of(lake, "prompts", newest)
    return Sums(
        arms=spreads(expression(lake, terms, newest), MEASURES),
        repeats=repeats,
        unprompted=unprompted,
        histories=histories(orders, newest),
        days=since.days,
        planned=since.planned,
    )


def _quiet(lake: Lake, orders: Table) -> Table:
    """Leave out orders within a week of a contact: the shop may have prompted those."""
    sent = lake.contacts
    sent = sent.filter(sent.decision == "send", sent.kind != "transactional")
    sent = sent.select(reader="person_id", sent="day")
    near = [
        orders.person_id == sent.reader,
        sent.sent <= orders.day,
        sent.sent >= orders.day - PROMPTING_DAYS,
    ]
    return orders.anti_join(sent, near)


def measured(sums: Sums, level: float, _terms: Terms) -> dict[str, Reading]:
    """Give `persistence`, and beside it what needs no experiment."""
    found = {}
    if two := pair(sums.arms, *ARMS):
        found["persistence"] = ratio_of_lifts(two, "after", "during", level)
    if sums.repeats:
        share = sums.unprompted / sums.repeats
        interval = wilson(sums.unprompted, sums.repeats, level)
        found["unprompted"] = Reading(value=share, interval=interval)
    known = sums.histories
    if known.active:
        share = known.habitual / known.active
        found["habit_share"] = Reading(share, wilson(known.habitual, known.active, level))
    if known.forecast:
        drift = known.came / known.forecast
        found["drift"] = Reading(drift, garwood(known.came, known.forecast, level))
    return found


def footing(sums: Sums, age_days: int) -> Footing:
    """Say what the verdict would stand on."""
    seen = Seen(sums.days, age_days, sums.planned)
    return footing_of(HABIT, sums.arms, ARMS, seen, before="before")
