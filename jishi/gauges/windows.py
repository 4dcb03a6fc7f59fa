"""Who was assigned when, and what he did in which days; all in whole days of Shanghai."""

from collections.abc import Sequence

import ibis
from ibis import Table, Value

from jishi.gauges.lake import Lake


def assigned(lake: Lake, experiment: str, moment: str = "start") -> Table:
    """Give one row for each unit of an experiment: `unit_id`, `arm` and the `day` of a moment."""
    rows = lake.exposures
    return rows.filter(
        rows.experiment == experiment, rows.reason == moment, ~rows.is_counterfactual
    ).select("unit_id", "arm", "day")


def deeds(lake: Lake, types: Sequence[str], *columns: str) -> Table:
    """Give the events of some types that are somebody's, with as few columns as are needed."""
    rows = lake.events
    chosen = rows.type == types[0] if len(types) == 1 else rows.type.isin(list(types))
    return rows.filter(chosen, rows.person_id != 0).select("person_id", "day", *columns)


def with_deeds(units: Table, done: Table) -> Table:
    """Put beside each unit what its person did; a unit that did nothing keeps one row of nulls.

    The units' `day` becomes `start`; `day` is that of the deed.
    """
    return units.rename(start="day").left_join(done, [("unit_id", "person_id")]).drop("person_id")


def total(wanted: Value, amount: Value | int = 1) -> Value:
    """Add an amount up where a condition holds; nought where nothing was done."""
    return ibis.ifelse(wanted, amount, 0).sum().fill_null(0)


def within(day: Value, first: Value, days: Value | int) -> Value:
    """Tell whether a day is one of so many from a first one."""
    return (day >= first) & (day < first + days)


def count_of(rows: Table, *wanted: Value) -> tuple[int, ...]:
    """Count the rows, then those of each condition."""
    found = rows.aggregate(
        rows=rows.count(), **{f"wanted_{at}": total(each) for at, each in enumerate(wanted)}
    ).to_pyarrow()
    return tuple(int(column[0].as_py()) for column in found.columns)


def days_since(units: Table, newest: int) -> int:
    """Give for how many days the first unit has been seen; 0 if there is none."""
    first = units.day.min().to_pyarrow().as_py()
    return newest + 1 - first if first is not None else 0


def newest_day(lake: Lake) -> int:
    """Give the day of the newest event, or 0 of an empty lake."""
    found = lake.events.day.max().to_pyarrow().as_py()
    return int(found) if found is not None else 0


def percent(of: Value, share: int) -> Value:
    """Give so many per cent of a sum: a measure for an estimate, not money that moves."""
    return of * share / 100
