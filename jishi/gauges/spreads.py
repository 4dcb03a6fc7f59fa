"""All that is kept of several measures of the same units: counts, totals and products.

From them come means, differences, ratios and any sum of measures, with their errors; two spreads
of different people add up to the spread of all of them.
"""

from collections.abc import Mapping, Sequence

import ibis
from msgspec import Struct

from jishi.gauges.types import Moments, Pairs


class Spread(Struct, frozen=True):
    """Units, the total of each measure, and the total of each product of two measures."""

    units: int
    totals: dict[str, float]
    products: dict[str, float]

    def __add__(self, other: "Spread") -> "Spread":
        return Spread(
            units=self.units + other.units,
            totals={name: total + other.totals[name] for name, total in self.totals.items()},
            products={name: total + other.products[name] for name, total in self.products.items()},
        )

    def moments(self, measure: str) -> Moments:
        return Moments(
            units=self.units,
            total=self.totals[measure],
            squares=self.products[_product(measure, measure)],
        )

    def pairs(self, main: str, other: str) -> Pairs:
        return Pairs(
            main=self.moments(main),
            other=self.moments(other),
            products=self.products[_product(main, other)],
        )

    def combined(self, weights: Mapping[str, float]) -> Moments:
        """Give the moments of a weighted sum of measures, unit by unit."""
        return Moments(
            units=self.units,
            total=sum(weight * self.totals[name] for name, weight in weights.items()),
            squares=sum(
                first * second * self.products[_product(one, two)]
                for one, first in weights.items()
                for two, second in weights.items()
            ),
        )


def _product(one: str, two: str) -> str:
    return "*".join(sorted((one, two)))


def spreads(units: ibis.Table, measures: Sequence[str]) -> dict[str, Spread]:
    """Ask the lake for the spread of each `arm` of a table that has one row a unit."""
    products = sorted({_product(one, two) for one in measures for two in measures})
    columns = {name: units[name].cast("float64") for name in measures}
    asked = units.group_by("arm").aggregate(
        units=units.count(),
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
        )
        for row in asked.to_pyarrow().to_pylist()
    }
