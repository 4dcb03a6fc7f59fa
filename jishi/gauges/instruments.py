"""What a thing does to those whom an invitation moved to take it.

Sources: G. W. Imbens, J. D. Angrist, Econometrica 62 (1994), the local average treatment effect;
R. Frisch, F. V. Waugh, Econometrica 1 (1933), controls taken out beforehand; K.-Y. Liang,
S. L. Zeger, Biometrika 73 (1986), errors by cluster.
"""

import math

import numpy as np

from jishi.gauges.means import difference, quotient
from jishi.gauges.types import Estimate, Floats, Integers, Pairs


def local_effect(invited: Pairs, uninvited: Pairs) -> Estimate:
    """Divide what the invitation did to the outcome by what it did to the uptake (Wald)."""
    shared = sum(arm.covariance / arm.main.units for arm in (invited, uninvited))
    return quotient(
        difference(invited.main, uninvited.main),
        difference(invited.other, uninvited.other),
        shared,
    )


def residual(measured: Floats, controls: Floats) -> Floats:
    """Take out of each column what the controls explain."""
    return measured - controls @ np.linalg.lstsq(controls, measured, rcond=None)[0]


def cluster_sums(values: Floats, cluster: Integers) -> Floats:
    return np.bincount(cluster, weights=values).astype(np.float64)


def instrumented(outcome_sums: Floats, uptake_sums: Floats) -> Estimate:
    """Give the effect by one instrument, from its products with outcome and uptake by cluster.

    The sums are all that need be kept; instrument, outcome and uptake have lost their controls.
    """
    clusters, strength = len(outcome_sums), float(uptake_sums.sum())
    value = float(outcome_sums.sum()) / strength
    scores = outcome_sums - value * uptake_sums
    meat = float(np.dot(scores, scores)) * clusters / (clusters - 1)
    return Estimate(value=value, error=math.sqrt(meat) / abs(strength))
