"""Who was assigned when, and what he did in which days; all in whole days of Shanghai."""

import math
from collections.abc import Sequence

import ibis
from ibis import Table, Value
from msgspec import Struct

from jishi.gauges.lake import Lake
from jishi.gauges.spreads import WEEK

WEEKS = range(-8, 8)
"""The weeks beside an event that are looked at; 0 begins with it."""


def assigned(lake: Lake, experiment: str, moment: str = "start") -> Table:
    """Give one row for each unit of an experiment: `unit_id`, `arm` and the `day` of a moment."""
    rows = lake.exposures
    return rows.filter(
        rows.experiment == experiment, rows.reason == moment, ~rows.is_counterfactual
    ).select("unit_id", "arm", "day")


class Plan(Struct, frozen=True):
    """How long an experiment has run, how long its units were seen on average, and its plan.

    Both in whole days; `planned` is with what probability a unit falls into each arm.
    """

    days: int
    seen: int
    planned: dict[str, float]


def plan_of(lake: Lake, experiment: str, newest: int) -> Plan:
    """Tell since when there is an experiment, and how its arms were to be filled."""
    rows = lake.exposures
    rows = rows.filter(
        rows.experiment == experiment, rows.reason == "start", ~rows.is_counterfactual
    )
    asked = rows.group_by("arm").aggregate(
        units=rows.count(), first=rows.day.min(), days=rows.day.sum(), chance=rows.propensity.sum()
    )
    arms = asked.to_pyarrow().to_pylist()
    if not arms:
        return Plan(days=0, seen=0, planned={})
    mean = sum(arm["days"] for arm in arms) / sum(arm["units"] for arm in arms)
    return Plan(
        days=newest + 1 - min(arm["first"] for arm in arms),
        seen=math.floor(newest + 1 - mean),
        planned={arm["arm"]: arm["chance"] / arm["units"] for arm in arms},
    )


def deeds(lake: Lake, types: Sequence[str], *columns: str) -> Table:
    """Give the events of some types that are somebody's, with as few columns as are needed.

    Like lies beside like: each type alone is found at its place, several at once are looked for.
    """
    rows = lake.events
    rows = rows.filter(rows.person_id != 0)
    first, *others = (
        rows.filter(rows.type == kind).select("person_id", "day", *columns) for kind in types
    )
    return first.union(*others) if others else first


def with_deeds(units: Table, done: Table) -> Table:
    """Put what units did beside them: `start` is the units' day, `day` that of the deed."""
    return units.rename(start="day").inner_join(done, [("unit_id", "person_id")])


def by_unit(units: Table, rows: Table, **sums: Value) -> Table:
    """Add up what each unit did; one that did nothing has noughts.

    Deeds are many and units few: so deeds are grouped by number alone, and the arms come after.
    """
    found = rows.group_by(of="unit_id").aggregate(**sums)
    both = units.left_join(found, [("unit_id", "of")])
    return both.select(*units.columns, **{name: both[name].fill_null(0) for name in sums})


def total(wanted: Value, amount: Value | int = 1) -> Value:
    """Add an amount up where a condition holds."""
    return ibis.ifelse(wanted, amount, 0).sum()


def ever(wanted: Value) -> Value:
    """Give 1 if a condition held at least once, or 0."""
    return ibis.ifelse(wanted, 1, 0).max()


def first_day(wanted: Value, day: Value) -> Value:
    """Give the first day on which a condition held; nothing if it never did."""
    return ibis.ifelse(wanted, day, ibis.null("int32")).min()


def within(day: Value, first: Value, days: Value | int) -> Value:
    """Tell whether a day is one of so many from a first one."""
    return (day >= first) & (day < first + days)


def week_of(day: Value, origin: Value) -> Value:
    """Give the week of a day, counted from an origin."""
    return ((day - origin) / 7).floor().cast("int32")


def weekly(week: Value, amount: Value) -> dict[str, Value]:
    """Add an amount up by week, from eight weeks before an origin to the eighth from it on."""
    # In floats: whole numbers are as exact in them, and summed in half the room.
    done = amount.cast("float64")
    return {f"{WEEK}{each}": ibis.ifelse(week == each, done, 0.0).sum() for each in WEEKS}


def seen_weeks(units: Table, origin: Value, first: Value | int, newest: int) -> Table:
    """Empty the weeks beside a unit's origin that did not lie between two days as a whole."""
    seen = {}
    for week in WEEKS:
        begins, name = origin + 7 * week, f"{WEEK}{week}"
        is_seen = (begins >= first) & (begins + 7 <= newest + 1)
        seen[name] = ibis.ifelse(is_seen, units[name], ibis.null("float64"))
    return units.mutate(**seen)


def count_of(rows: Table, *wanted: Value) -> tuple[int, ...]:
    """Count the rows, then those of each condition."""
    found = rows.aggregate(
        rows=rows.count(),
        **{f"wanted_{at}": total(each).fill_null(0) for at, each in enumerate(wanted)},
    ).to_pyarrow()
    return tuple(int(column[0].as_py()) for column in found.columns)


def days_since(rows: Table, newest: int) -> int:
    """Give for how many days there have been such rows; 0 if there is none."""
    first = rows.day.min().to_pyarrow().as_py()
    return newest + 1 - first if first is not None else 0


def newest_day(lake: Lake) -> int:
    """Give the day of the newest event, or 0 of an empty lake."""
    found = lake.events.day.max().to_pyarrow().as_py()
    return int(found) if found is not None else 0


def percent(of: Value, share: int) -> Value:
    """Give so many per cent of a sum: a measure for an estimate, not money that moves."""
    return of * share / 100
