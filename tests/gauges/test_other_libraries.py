"""The estimators give the figures of lifelines 0.30.3, statsmodels 0.15.0, scikit-learn 1.9.1.

Those are large; what they said of the small tables below is written here.
"""

import numpy as np
import pytest

from jishi.gauges import decay, isotonic, pooling, shares, survival
from jishi.gauges.survival import LifeTable
from jishi.gauges.types import Estimate, Floats

PEOPLE = np.arange(60)
WAY = np.where(PEOPLE * 5 % 4 == 3, -1, PEOPLE * 5 % 4 - 1)


def at(table: LifeTable, curve: Floats, *times: float) -> list[float]:
    return [float(curve[np.searchsorted(table.at, time, side="right") - 1]) for time in times]


def test_the_share_still_waiting_and_its_mean_are_those_of_lifelines() -> None:
    ended = np.where(WAY < 0, -1, 0)
    table = survival.life_table((PEOPLE * 7 % 23 + 1).astype(np.float64), ended, endings=1)
    assert at(table, survival.still_waiting(table), 5, 10, 20) == pytest.approx(
        [0.8937178110110447, 0.7517859893531077, 0.34819366135000707]
    )
    assert survival.mean_until(table, 20).value == pytest.approx(14.954375164149884)


def test_competing_ends_and_their_errors_are_those_of_lifelines() -> None:
    table = survival.life_table((PEOPLE * 7 % 61 + 1).astype(np.float64), WAY, endings=2)
    assert at(table, survival.ended_so(table, 0), 10, 20, 40) == pytest.approx(
        [0.05267101961148807, 0.08991736368814165, 0.23572558413982964]
    )
    assert at(table, survival.ended_so_errors(table, 0), 10, 20, 40) == pytest.approx(
        [0.02960765215318818, 0.03841800287618132, 0.06368262492944586]
    )


def test_a_decay_within_each_is_the_poisson_model_with_a_mean_of_his_own() -> None:
    sharer, nth = np.repeat(np.arange(12), 8), np.tile(np.arange(8), 12)
    counts = 3 + sharer * 5 % 7 + (sharer * 3 + nth * 5) % 4 - nth * 0.5
    counts = np.maximum(0.0, counts.round())
    (found,) = decay.within(sharer, counts, np.log1p(nth)[:, None])
    # Errors by cluster, as there with sharers / (sharers - 1).
    assert found.value == pytest.approx(-0.2719965010417862)
    assert found.error == pytest.approx(0.041304638946552175)


def test_pools_of_neighbours_shops_and_shares_are_theirs_too() -> None:
    falling = isotonic.falling(
        np.array([9, 7, 8, 6.5, 6.6, 3, 5, 1]), np.array([1.0, 2, 3, 1, 4, 2, 1, 1])
    )
    assert falling == pytest.approx([9, 7.6, 7.6, 6.58, 6.58, 11 / 3, 11 / 3, 1])
    shops = [(0.1, 0.01), (0.3, 0.02), (-0.05, 0.005), (0.22, 0.03)]
    together = pooling.pooled([Estimate(value, variance**0.5) for value, variance in shops])
    assert together.between == pytest.approx(0.013603571428571428)
    assert together.mean.value == pytest.approx(0.10430642375300281)
    assert together.mean.error == pytest.approx(0.08197486008443114)
    seven = shares.wilson(7, 50, 0.95)
    assert (seven.low, seven.high) == pytest.approx((0.06950833427016288, 0.26186193710585537))
