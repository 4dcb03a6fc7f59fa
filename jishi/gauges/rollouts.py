"""A rule or a lesson that reaches clusters of merchants one wave after another, by lot.

A cluster is counted whole, whether its merchants took part or not: those who train were better
anyway. The lot that drew the order is drawn again to say what chance alone would do. Sources:
M. A. Hussey, J. P. Hughes, Contemporary Clinical Trials 28 (2007), the stepped wedge; J. Thompson,
C. Davey, K. Fielding, J. Hargreaves, R. Hayes, Statistics in Medicine 37 (2018), its comparison
within each period; R. A. Fisher, The Design of Experiments (1935), the lot.
"""

import numpy as np
from msgspec import Struct

from jishi.gauges.types import Booleans, Floats, Integers, Pairs, pairs


class Wedge(Struct, frozen=True, eq=False):
    """Mean outcomes by cluster and period, and the first period of each cluster under the rule."""

    outcome: Floats
    begins: Integers

    @property
    def treated(self) -> Booleans:
        periods = np.arange(self.outcome.shape[1])
        reached: Booleans = periods >= self.begins[:, None]
        return reached

    def drawn(self, lot: np.random.Generator) -> "Wedge":
        """Give the same outcomes under another order of the same waves."""
        return Wedge(outcome=self.outcome, begins=lot.permutation(self.begins))


def effect(wedge: Wedge) -> float:
    """Give the reached less the waiting, period by period: seasons touch both alike.

    A period weighs as much as its two means tell: a half of their harmonic mean.
    """
    treated = wedge.treated
    reached, waiting = treated.sum(axis=0), (~treated).sum(axis=0)
    both = (reached > 0) & (waiting > 0)
    if not both.any():
        raise ValueError("no period has clusters reached and clusters waiting")
    weight = (reached * waiting / (reached + waiting))[both]
    with_it = np.where(treated, wedge.outcome, 0.0).sum(axis=0)[both] / reached[both]
    without = np.where(treated, 0.0, wedge.outcome).sum(axis=0)[both] / waiting[both]
    return float(np.average(with_it - without, weights=weight))


def probability(wedge: Wedge, draws: int, lot: np.random.Generator) -> float:
    """Give the probability of so large an effect if the rule did nothing to anybody."""
    found = abs(effect(wedge))
    again = [abs(effect(wedge.drawn(lot))) for _ in range(draws)]
    return (1 + sum(one >= found for one in again)) / (draws + 1)


def clustered(outcome: Floats, units: Floats, cluster: Integers) -> Pairs:
    """Give clusters' totals and sizes: their ratio carries what merchants of one have in common."""
    return pairs(
        np.bincount(cluster, weights=outcome).astype(np.float64),
        np.bincount(cluster, weights=units).astype(np.float64),
    )
