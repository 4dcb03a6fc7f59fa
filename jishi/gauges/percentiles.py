"""A percentile of what was counted by bucket, with its interval between two order statistics.

Whatever the distribution, the percentile lies between two of the sorted values with a probability
that is the binomial's. Source: H. A. David, H. N. Nagaraja, Order Statistics, section 7.1.
"""

import math
from collections.abc import Callable, Mapping

from scipy.stats import binom

from jishi.gauges.types import Interval, Reading

Ends = Callable[[int], tuple[float, float]]
"""Gives the least and the greatest value of a bucket."""


def itself(bucket: int) -> tuple[float, float]:
    """Take a bucket for the one value in it."""
    return float(bucket), float(bucket)


def percentile(counted: Mapping[int, int], part: float, level: float, ends: Ends) -> Reading:
    """Give a part's percentile of a histogram of one unit at least; buckets rise as values do.

    Of too few units the greatest may still be below it: then the interval has no upper end.
    """
    units = sum(counted.values())
    low, high = (int(binom.ppf((1 + side * level) / 2, units, part)) for side in (-1, 1))
    return Reading(
        ends(_at(counted, math.ceil(units * part)))[1],
        Interval(
            low=ends(_at(counted, max(1, low)))[0],
            high=ends(_at(counted, high + 1))[1] if high < units else math.inf,
        ),
    )


def _at(counted: Mapping[int, int], rank: int) -> int:
    """Give the bucket in which the unit of this rank lies."""
    for bucket in sorted(counted):
        rank -= counted[bucket]
        if rank <= 0:
            return bucket
    return max(counted)
