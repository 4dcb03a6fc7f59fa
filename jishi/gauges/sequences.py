"""Confidence sequences: intervals that stay true however often one looks.

Source: I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy, A. Ramdas, Time-uniform central limit
theory and asymptotic confidence sequences, Annals of Statistics 52 (2024), and what it says of the
narrowest sequence at a planned number of units. How often it errs is tested by simulation.
"""

import math

from jishi.gauges.types import Estimate, Interval


def widening(units: int, planned: int, alpha: float) -> float:
    """Give how many standard errors reach far enough, narrowest at the planned number of units."""
    scale = units * _tuning(alpha) / planned
    return math.sqrt(2 * (scale + 1) / scale * math.log(math.sqrt(scale + 1) / alpha))


def _tuning(alpha: float) -> float:
    twice = -2 * math.log(alpha)
    return twice + math.log(twice + 1)


def sequence(estimate: Estimate, units: int, planned: int, alpha: float) -> Interval:
    """Give the interval at this look; all looks together miss the truth with probability alpha."""
    reach = widening(units, planned, alpha) * estimate.error
    return Interval(low=estimate.value - reach, high=estimate.value + reach)


def guard(harm: Estimate, units: int, planned: int, alpha: float) -> float:
    """Give the harm that is sure, looked at as often as one likes: an arm above a limit stops."""
    # One side of a two-sided sequence at twice the error: never less careful than it says.
    return sequence(harm, units, planned, 2 * alpha).low
