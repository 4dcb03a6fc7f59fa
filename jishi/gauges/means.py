"""Differences and ratios of means between two arms, from sums alone.

Sources: B. L. Welch, Biometrika 34 (1947), the difference at unequal variances. E. C. Fieller,
J. R. Stat. Soc. B 16 (1954), the interval of a ratio. A. Deng, U. Knoblich, J. Lu, KDD 2018, the
delta method for ratios and clusters. A. Deng, Y. Xu, R. Kohavi, T. Walker, WSDM 2013 (CUPED): the
same measure before the assignment takes away what it explains of the noise.
"""

import math

from scipy.stats import norm, t

from jishi.gauges.types import Estimate, Interval, Moments, Pairs


def mean(arm: Moments) -> Estimate:
    return Estimate(value=arm.mean, error=math.sqrt(arm.variance / arm.units))


def difference(treated: Moments, control: Moments) -> Estimate:
    return less(mean(treated), mean(control))


def less(first: Estimate, second: Estimate) -> Estimate:
    """Subtract what is independent."""
    return Estimate(value=first.value - second.value, error=math.hypot(first.error, second.error))


def welch(treated: Moments, control: Moments, level: float) -> Interval:
    """Give the interval of the difference with Satterthwaite's degrees of freedom."""
    effect = difference(treated, control)
    if effect.error == 0:
        return Interval(low=effect.value, high=effect.value)
    parts = [(arm.variance / arm.units, arm.units - 1) for arm in (treated, control)]
    freedom = effect.error**4 / sum(part**2 / degrees for part, degrees in parts)
    reach = float(t.ppf((1 + level) / 2, freedom)) * effect.error
    return Interval(low=effect.value - reach, high=effect.value + reach)


def normal(estimate: Estimate, level: float) -> Interval:
    """Give the interval of an estimate from many units."""
    reach = quantile((1 + level) / 2) * estimate.error
    return Interval(low=estimate.value - reach, high=estimate.value + reach)


def quantile(probability: float) -> float:
    return float(norm.ppf(probability))


def ratio(arm: Pairs) -> Estimate:
    """Give total by total within an arm: orders a visit by person, buys a head by community.

    The unit of the sums is the unit that was assigned, so it carries the clusters' correlation.
    """
    value = arm.main.total / arm.other.total
    spread = arm.main.variance - 2 * value * arm.covariance + value**2 * arm.other.variance
    error = math.sqrt(max(0.0, spread) / arm.main.units) / abs(arm.other.mean)
    return Estimate(value=value, error=error)


def quotient(treated: Estimate, control: Estimate, covariance: float = 0.0) -> Estimate:
    """Divide one estimate by another, by the delta method."""
    value = treated.value / control.value
    spread = treated.error**2 - 2 * value * covariance + (value * control.error) ** 2
    return Estimate(value=value, error=math.sqrt(max(0.0, spread)) / abs(control.value))


def lift(treated: Estimate, control: Estimate) -> Estimate:
    """Give by which part of the control's mean the treated arm is above it."""
    by = quotient(treated, control)
    return Estimate(value=by.value - 1, error=by.error)


def fieller(above: Estimate, below: Estimate, level: float, covariance: float = 0.0) -> Interval:
    """Give the interval of a ratio; unbounded where the divisor may be nought."""
    z = quantile((1 + level) / 2)
    square = below.value**2 - (z * below.error) ** 2
    half = above.value * below.value - z**2 * covariance
    rest = above.value**2 - (z * above.error) ** 2
    if square <= 0:
        return Interval(low=-math.inf, high=math.inf)
    root = math.sqrt(max(0.0, half**2 - square * rest))
    return Interval(low=(half - root) / square, high=(half + root) / square)


def share_left(treated: Pairs, control: Pairs, level: float) -> Interval:
    """Give which part of a lift is left: main is what came after the prompts, other during."""
    shared = sum(arm.covariance / arm.main.units for arm in (treated, control))
    left, during = (
        difference(treated.main, control.main),
        difference(treated.other, control.other),
    )
    return fieller(left, during, level, shared)


def adjusted(treated: Pairs, control: Pairs) -> Estimate:
    """Give the difference of means, less what the measure before the assignment explains."""
    arms = (treated, control)
    covariance = sum((arm.main.units - 1) * arm.covariance for arm in arms)
    variance = sum((arm.main.units - 1) * arm.other.variance for arm in arms)
    slope = covariance / variance if variance > 0 else 0.0
    return less(_without(treated, slope), _without(control, slope))


def _without(arm: Pairs, slope: float) -> Estimate:
    spread = arm.main.variance - 2 * slope * arm.covariance + slope**2 * arm.other.variance
    return Estimate(
        value=arm.main.mean - slope * arm.other.mean,
        error=math.sqrt(max(0.0, spread) / arm.main.units),
    )
