"""All that is kept of several measures of the same units: counts, totals and products.

From them come means, differences, ratios and any sum of measures, with their errors; two spreads
of different people add up to the spread of all of them.
"""

from collections.abc import Mapping, Sequence

import ibis
from msgspec import Struct

from jishi.gauges.types import Moments, Pairs

WEEK = "week_"
Sums = Mapping[str, float]


class Spread(Struct, frozen=True):
    """Units, the total of each measure, and the total of each product of two measures."""

    units: int
    totals: dict[str, float]
    products: dict[str, float]
    # Of each week beside an event: of how many it was seen, and what they did in it.
    weeks: dict[int, Moments] = {}

    def __add__(self, other: "Spread") -> "Spread":
        """Add others; a measure that theirs are older than is taken to be the same of them."""
        alike = other.units / self.units
        return Spread(
            units=self.units + other.units,
            totals=_added(self.totals, other.totals, alike),
            products=_added(self.products, other.products, alike),
            weeks=self.weeks
            | {
                week: found + self.weeks[week] if week in self.weeks else found
                for week, found in other.weeks.items()
            },
        )

    def moments(self, measure: str) -> Moments:
        """Give one measure; what is nowhere in the sums was never seen."""
        return Moments(
            units=self.units,
            total=self.totals.get(measure, 0.0),
            squares=self.products.get(_product(measure, measure), 0.0),
        )

    def pairs(self, main: str, other: str) -> Pairs:
        return Pairs(
            main=self.moments(main),
            other=self.moments(other),
            products=self.products.get(_product(main, other), 0.0),
        )

    def combined(self, weights: Mapping[str, float]) -> Moments:
        """Give the moments of a weighted sum of measures, unit by unit."""
        return Moments(
            units=self.units,
            total=sum(weight * self.totals.get(name, 0.0) for name, weight in weights.items()),
            squares=sum(
                first * second * self.products.get(_product(one, two), 0.0)
                for one, first in weights.items()
                for two, second in weights.items()
            ),
        )


def _product(one: str, two: str) -> str:
    return "*".join(sorted((one, two)))


def _added(mine: Sums, others: Sums, alike: float) -> dict[str, float]:
    return {name: total + others.get(name, total * alike) for name, total in mine.items()}


def spreads(units: ibis.Table, measures: Sequence[str]) -> dict[str, Spread]:
    """Ask the lake for the spread of each `arm` of a table that has one row a unit.

    Columns `week_-8`, `week_-7` … are weeks; of a unit that was not seen in one it is null.
    """
    products = sorted({_product(one, two) for one in measures for two in measures})
    columns = {name: units[name].cast("float64") for name in measures}
    weeks = [name for name in units.columns if name.startswith(WEEK)]
    asked = units.group_by("arm").aggregate(
        units=units.count(),
        **_of_weeks(units, weeks),
        **{f"total_{at}": columns[name].sum() for at, name in enumerate(measures)},
        **{
            f"product_{at}": (columns[one] * columns[two]).sum()
            for at, (one, two) in enumerate(name.split("*") for name in products)
        },
    )
    return {
        row["arm"]: Spread(
            units=row["units"],
            totals={name: row[f"total_{at}"] for at, name in enumerate(measures)},
            products={name: row[f"product_{at}"] for at, name in enumerate(products)},
            weeks={
                int(name.removeprefix(WEEK)): Moments(
                    row[f"seen_{at}"], row[f"done_{at}"], row[f"square_{at}"]
                )
                for at, name in enumerate(weeks)
                if row[f"seen_{at}"]
            },
        )
        for row in asked.to_pyarrow().to_pylist()
    }


def measures_of(units: ibis.Table) -> list[str]:
    """Give the measures of a table that has one row a unit; its weeks are none."""
    names = [name for name in units.columns if name not in {"unit_id", "arm"}]
    return [name for name in names if not name.startswith(WEEK)]


def _of_weeks(units: ibis.Table, weeks: Sequence[str]) -> dict[str, ibis.Value]:
    asked = {}
    for at, name in enumerate(weeks):
        done = units[name].cast("float64")
        asked[f"seen_{at}"] = done.count()
        asked[f"done_{at}"], asked[f"square_{at}"] = done.sum(), (done * done).sum()
    return asked
