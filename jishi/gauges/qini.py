"""Does a ranking find those whom a message moves? What it gains over addressing anybody.

Kept are sums by rung of the score and by bucket, so that people may be forgotten: buckets are
drawn anew for the interval, as B. Efron, Annals of Statistics 7 (1979), draws people. Source of
the curve: N. J. Radcliffe, Using Control Groups to Target on Predicted Lift, Direct Marketing
Analytics Journal (2007).
"""

import numpy as np
from msgspec import Struct

from jishi.gauges.types import Booleans, Floats, Integers, Interval, Reading

RUNGS = 100
BUCKETS = 200
"""Into how many parts people fall by their number: as many as make a bootstrap smooth."""


class Ranked(Struct, frozen=True, eq=False):
    """Units and outcomes by arm (control, treated), rung (the best first) and bucket."""

    units: Floats
    outcomes: Floats

    def __add__(self, other: "Ranked") -> "Ranked":
        return Ranked(units=self.units + other.units, outcomes=self.outcomes + other.outcomes)

    def drawn(self, weights: Floats) -> "Ranked":
        """Give the same with each bucket counted so many times, in a bucket of its own."""
        return Ranked(
            units=(self.units @ weights)[..., None], outcomes=(self.outcomes @ weights)[..., None]
        )


def ranked(score: Floats, outcome: Floats, treated: Booleans, bucket: Integers) -> Ranked:
    """Sum up; equal scores share a rung."""
    ends = np.quantile(score, np.arange(1, RUNGS) / RUNGS)
    rung = RUNGS - 1 - np.searchsorted(ends, score, side="right")
    shape = (2, RUNGS, BUCKETS)
    place = np.ravel_multi_index((treated.astype(np.int64), rung, bucket % BUCKETS), shape)
    cells = 2 * RUNGS * BUCKETS
    units, outcomes = (np.bincount(place, each, cells) for each in (np.ones(len(score)), outcome))
    return Ranked(
        units=units.reshape(shape).astype(np.float64),
        outcomes=outcomes.reshape(shape).astype(np.float64),
    )


def curve(sums: Ranked) -> tuple[Floats, Floats]:
    """Give what share is addressed at each rung, and what is gained among the treated by it."""
    control, treated = sums.units.sum(axis=2).cumsum(axis=1)
    without, with_it = sums.outcomes.sum(axis=2).cumsum(axis=1)
    expected = without * treated / np.maximum(control, 1.0)
    everybody = control + treated
    return _from_nought(everybody / everybody[-1]), _from_nought(with_it - expected)


def _from_nought(values: Floats) -> Floats:
    return np.concatenate([[0.0], values])


def area(sums: Ranked) -> float:
    """Give the outcomes a ranking gains over chance, on average over how many are addressed."""
    share, gained = curve(sums)
    return float(np.trapezoid(gained - share * gained[-1], share))


def uplift_at(sums: Ranked, share: float) -> float:
    """Give the effect a head in the best so many of all."""
    reached = curve(sums)[0][1:] <= share + 1 / RUNGS / 2
    units, outcomes = (held.sum(axis=2)[:, reached] for held in (sums.units, sums.outcomes))
    control, treated = outcomes.sum(axis=1) / units.sum(axis=1)
    return float(treated - control)


def area_between(sums: Ranked, level: float, draws: int, lot: np.random.Generator) -> Reading:
    """Give the area with its interval by percentiles of areas drawn anew."""
    buckets = sums.units.shape[2]
    weights = lot.multinomial(buckets, np.full(buckets, 1 / buckets), draws).astype(np.float64)
    found = [area(sums.drawn(each)) for each in weights]
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    return Reading(area(sums), Interval(float(low), float(high)))
