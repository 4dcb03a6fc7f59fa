"""The price of knowing: how many people a question needs, what a number of people can see.

Source: J. L. Fleiss, B. Levin, M. C. Paik, Statistical Methods for Rates and Proportions (2003),
without pooling and without the correction for continuity.
"""

import math

from jishi.gauges.means import quantile


def people_needed(base: float, lift: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Give the people an arm needs to see a share rise from base by a part of itself."""
    raised = base * (1 + lift)
    noise = base * (1 - base) + raised * (1 - raised)
    return round(_reach(alpha, power) ** 2 * noise / (raised - base) ** 2)


def smallest_lift(
    base: float, treated: int, control: int, alpha: float = 0.05, power: float = 0.8
) -> float:
    """Give the least lift that arms of this size see."""
    error = math.sqrt(base * (1 - base) * (1 / treated + 1 / control))
    return _reach(alpha, power) * error / base


def _reach(alpha: float, power: float) -> float:
    return quantile(1 - alpha / 2) + quantile(power)
