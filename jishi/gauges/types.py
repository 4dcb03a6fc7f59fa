"""What an estimator takes and gives: sums that may be added up, estimates, intervals."""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Booleans: TypeAlias = NDArray[np.bool_]


class Estimate(Struct, frozen=True):
    """A number and its standard error."""

    value: float
    error: float


class Interval(Struct, frozen=True):
    """Where the truth is believed to lie, ends included."""

    low: float
    high: float


class Moments(Struct, frozen=True):
    """All that is kept of one measure when the people are forgotten."""

    units: int
    total: float
    squares: float

    def __add__(self, other: "Moments") -> "Moments":
        return Moments(
            units=self.units + other.units,
            total=self.total + other.total,
            squares=self.squares + other.squares,
        )

    @property
    def mean(self) -> float:
        return self.total / self.units

    @property
    def variance(self) -> float:
        """The sample's variance; rounding never makes it negative."""
        return max(0.0, self.squares - self.total * self.mean) / (self.units - 1)


class Pairs(Struct, frozen=True):
    """All that is kept of two measures of the same units; `other` is what was known or taken."""

    main: Moments
    other: Moments
    products: float

    def __add__(self, more: "Pairs") -> "Pairs":
        return Pairs(
            main=self.main + more.main,
            other=self.other + more.other,
            products=self.products + more.products,
        )

    @property
    def covariance(self) -> float:
        return (self.products - self.main.total * self.other.mean) / (self.main.units - 1)


class Buyers(Struct, frozen=True, eq=False):
    """Buying histories: repeat purchases, age at the last one, age now; how many are alike."""

    repeats: Floats
    last: Floats
    age: Floats
    alike: Floats


def moments(measured: Floats) -> Moments:
    return Moments(
        units=len(measured),
        total=float(measured.sum()),
        squares=float(np.dot(measured, measured)),
    )


def pairs(main: Floats, other: Floats) -> Pairs:
    return Pairs(main=moments(main), other=moments(other), products=float(np.dot(main, other)))


def successes(count: int, units: int) -> Moments:
    """Give the moments of a yes-or-no measure."""
    return Moments(units=units, total=float(count), squares=float(count))


class Reading(Struct, frozen=True):
    """A number as it was read, and where the truth is believed to lie."""

    value: float
    interval: Interval


class Seen(Struct, frozen=True):
    """How long the oldest unit has been watched, how old the newest event is, the arms' plan.

    Both in days; `planned` is each arm's share, nothing where they were to be equal.
    """

    days: int
    age_days: int
    planned: Mapping[str, float] = {}
