"""Shares and rates of what is counted: intervals that keep their word for small numbers.

Sources: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927); R. G. Newcombe, Statistics in Medicine 17
(1998), method 10, the difference of two shares; F. Garwood, Biometrika 28 (1936), the exact
interval of a Poisson rate.
"""

import math

from scipy.stats import binomtest, chi2, chisquare

from jishi.gauges.means import quantile
from jishi.gauges.types import Interval


def wilson(count: int, units: int, level: float) -> Interval:
    z = quantile((1 + level) / 2)
    share, weight = count / units, z * z / units
    middle = (share + weight / 2) / (1 + weight)
    reach = z / (1 + weight) * math.sqrt(share * (1 - share) / units + weight / units / 4)
    return Interval(
        low=max(0.0, middle - reach) if count > 0 else 0.0,
        high=min(1.0, middle + reach) if count < units else 1.0,
    )


def newcombe(treated: tuple[int, int], control: tuple[int, int], level: float) -> Interval:
    """Give the interval of the difference of two shares, each a count and its units."""
    first, second = wilson(*treated, level), wilson(*control, level)
    share, other = treated[0] / treated[1], control[0] / control[1]
    below = math.hypot(share - first.low, second.high - other)
    above = math.hypot(first.high - share, other - second.low)
    return Interval(low=share - other - below, high=share - other + above)


def garwood(count: int, exposure: float, level: float) -> Interval:
    """Give the interval of a rate: breaks in 10,000 orders, complaints in 1,000 contacts."""
    tail = (1 - level) / 2
    low = float(chi2.ppf(tail, 2 * count)) / 2 if count > 0 else 0.0
    return Interval(low=low / exposure, high=float(chi2.isf(tail, 2 * count + 2)) / 2 / exposure)


def interleaved(wins: int, losses: int) -> float:
    """Give the probability of so uneven a team draft if neither ranking is better."""
    return float(binomtest(wins, wins + losses, 0.5).pvalue)


def sample_ratio(counted: tuple[int, ...], planned: tuple[float, ...]) -> float:
    """Give the probability of such arms under the planned shares: below .001 nothing is believed.

    Source: A. Fabijan et al., Diagnosing Sample Ratio Mismatch, KDD 2019.
    """
    units, whole = sum(counted), sum(planned)
    expected = [units * share / whole for share in planned]
    return float(chisquare(counted, expected).pvalue)
