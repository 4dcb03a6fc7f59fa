"""Alarms on a count or a mean watched day by day: slow drifts that no single day shows.

Sources: S. W. Roberts, Technometrics 1 (1959), the moving average whose past fades; E. S. Page,
Biometrika 41 (1954), the cumulative sum; D. Brook, D. A. Evans, Biometrika 59 (1972), the days
until a false alarm as those of a Markov chain.
"""

import math

import numpy as np
from msgspec import Struct
from scipy.stats import norm

from jishi.gauges.types import Booleans, Floats

STATES = 201
"""How finely the average is cut for its chain; odd, so that nought is a state."""


class Average(Struct, frozen=True):
    """A moving average: today's weight in it, and how many of its deviations are an alarm."""

    weight: float = 0.2
    limit: float = 2.86

    def course(self, deviations: Floats) -> Floats:
        """Follow deviations that are counted in standard deviations of one day."""
        found, average = np.empty(len(deviations)), 0.0
        for day, deviation in enumerate(deviations.tolist()):
            average += self.weight * (deviation - average)
            found[day] = average
        return found

    @property
    def reach(self) -> float:
        """How far the average may go: its limit in deviations of its own."""
        return self.limit * math.sqrt(self.weight / (2 - self.weight))

    def alarms(self, deviations: Floats) -> Booleans:
        is_far: Booleans = np.abs(self.course(deviations)) > self.reach
        return is_far

    def days_to_alarm(self, shift: float = 0.0) -> float:
        """Give the days it takes on average to cry; at no shift, to cry wolf."""
        reach = self.reach
        step = 2 * reach / STATES
        middles = -reach + step * (np.arange(STATES) + 0.5)
        # The deviations that take the average from one state's middle into another.
        kept = (1 - self.weight) * middles[:, None]
        ends = (-reach + step * np.arange(STATES + 1) - kept) / self.weight - shift
        return _days(np.diff(norm.cdf(ends), axis=1), STATES // 2)


class Sum(Struct, frozen=True):
    """A cumulative sum upwards: what a day is forgiven, and how high it may grow."""

    slack: float = 0.5
    limit: float = 4.77

    def course(self, deviations: Floats) -> Floats:
        found, height = np.empty(len(deviations)), 0.0
        for day, deviation in enumerate(deviations.tolist()):
            height = max(0.0, height + deviation - self.slack)
            found[day] = height
        return found

    def alarms(self, deviations: Floats) -> Booleans:
        is_high: Booleans = self.course(deviations) > self.limit
        return is_high

    def days_to_alarm(self, shift: float = 0.0) -> float:
        """Give the days it takes on average to cry; at no shift, to cry wolf."""
        step = 2 * self.limit / (2 * STATES - 1)
        at = step * np.arange(STATES)
        ends = step * (np.arange(STATES + 1) - 0.5) - at[:, None] + self.slack - shift
        # Whatever takes the sum below nought leaves it at nought.
        ends[:, 0] = -math.inf
        return _days(np.diff(norm.cdf(ends), axis=1), 0)


def _days(steps: Floats, begin: int) -> float:
    """Give the mean days until a chain that begins in a state leaves all states."""
    found = np.linalg.solve(np.eye(len(steps)) - steps, np.ones(len(steps)))
    return float(found[begin])


def deviations(counts: Floats, expected: Floats) -> Floats:
    """Give how far counts are from what is expected, in deviations of one day.

    Twice the difference of roots (F. J. Anscombe, Biometrika 35 (1948)): small counts are skewed.
    """
    found: Floats = 2 * (np.sqrt(counts + 3 / 8) - np.sqrt(expected + 3 / 8))
    return found
