"""A response that can only fall (or rise) with the dose: the ladder's rungs read together.

Sources: M. Ayer, H. D. Brunk, G. M. Ewing, W. T. Reid, E. Silverman, Annals of Mathematical
Statistics 26 (1955), pooling of adjacent violators; O. J. Dunn, J. Am. Stat. Assoc. 56 (1961), the
intervals of all rungs together.
"""

from collections.abc import Sequence

import numpy as np

from jishi.gauges.means import normal
from jishi.gauges.types import Estimate, Floats, Interval, Reading


def falling(values: Floats, weights: Floats) -> Floats:
    """Give the nearest values that never rise, a unit of weight counting alike everywhere."""
    return -rising(-values, weights)


def rising(values: Floats, weights: Floats) -> Floats:
    """Give the nearest values that never fall: neighbours that do are one."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        pool = (value, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            before = pools.pop()
            both = before[1] + pool[1]
            mean = (before[0] * before[1] + pool[0] * pool[1]) / both
            pool = (mean, both, before[2] + pool[2])
        pools.append(pool)
    return np.repeat([pool[0] for pool in pools], [pool[2] for pool in pools])


def responses(rungs: Sequence[Estimate], level: float) -> tuple[Reading, ...]:
    """Give the falling response at each rung with intervals that are true of all at once.

    If the truth never rises, it lies below the least upper end before and above the greatest
    lower end after; so the ends never rise either, and are no wider.
    """
    values = np.array([rung.value for rung in rungs])
    middle = falling(values, np.array([rung.error**-2 for rung in rungs]))
    each = [normal(rung, _shared(level, len(rungs))) for rung in rungs]
    high = np.minimum.accumulate([end.high for end in each])
    low = np.maximum.accumulate([end.low for end in each][::-1])[::-1]
    return tuple(
        Reading(float(value), Interval(float(least), float(most)))
        for value, least, most in zip(middle, low, high, strict=True)
    )


def slopes(doses: Floats, rungs: Sequence[Estimate], level: float) -> tuple[Reading, ...]:
    """Give the change per dose from each rung to the next, with intervals true of all at once.

    The value is that of the falling response; the interval, of the two rungs alone, holds it too.
    """
    steps = np.diff(doses)
    fitted = falling(
        np.array([rung.value for rung in rungs]), np.array([rung.error**-2 for rung in rungs])
    )
    found = []
    for at, step in enumerate(steps.tolist()):
        here, there = rungs[at], rungs[at + 1]
        raw = (there.value - here.value) / step
        error = float(np.hypot(here.error, there.error)) / step
        reach = normal(Estimate(raw, error), _shared(level, len(steps)))
        value = float(fitted[at + 1] - fitted[at]) / step
        found.append(Reading(value, Interval(min(reach.low, value), max(reach.high, value))))
    return tuple(found)


def _shared(level: float, among: int) -> float:
    return 1 - (1 - level) / among
