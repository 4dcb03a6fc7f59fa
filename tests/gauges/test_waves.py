"""Rules that reach merchants wave after wave."""

import numpy as np
import pytest

from jishi.gauges import rollouts
from jishi.gauges.means import normal, ratio


def test_a_wedge_by_hand() -> None:
    wedge = rollouts.Wedge(
        outcome=np.array([[1.0, 5, 9], [2, 3, 9], [3, 4, 8]]), begins=np.array([1, 2, 3])
    )
    # In the first period all wait. In the second 5 beside 3 and 4; in the third 9, 9 beside 8.
    assert rollouts.effect(wedge) == pytest.approx((1.5 + 1) / 2)
    with pytest.raises(ValueError, match="no period"):
        rollouts.effect(rollouts.Wedge(outcome=np.ones((2, 3)), begins=np.array([1, 1])))


def waves(lot: np.random.Generator, effect: float) -> rollouts.Wedge:
    begins = lot.permutation(np.repeat([1, 2, 3, 4], 5))
    own = lot.normal(0, 1, (20, 1))
    season = np.array([0.0, 1, 3, 6, 4])
    reached = np.arange(5) >= begins[:, None]
    return rollouts.Wedge(own + season + effect * reached + lot.normal(0, 0.5, (20, 5)), begins)


def test_a_rule_that_does_nothing_is_found_to_do_so_and_a_season_is_no_rule() -> None:
    lot = np.random.default_rng(53)
    nothing = [rollouts.probability(waves(lot, 0), 99, lot) for _ in range(400)]
    assert np.mean(np.array(nothing) <= 0.05) == pytest.approx(0.05, abs=0.035)
    found = [rollouts.effect(waves(lot, 0.7)) for _ in range(400)]
    assert np.mean(found) == pytest.approx(0.7, abs=4 * float(np.std(found)) / 20)
    # The negative control: before and after, within clusters, takes the season for the rule.
    wedge = waves(lot, 0)
    assert wedge.outcome[wedge.treated].mean() - wedge.outcome[~wedge.treated].mean() > 2


def test_merchants_of_one_cluster_hang_together() -> None:
    lot, covered, blind = np.random.default_rng(54), 0, 0
    for _ in range(2_000):
        cluster = np.repeat(np.arange(60), 10)
        sales = 5 + lot.normal(0, 1, 60)[cluster] + lot.normal(0, 1, 600)
        interval = normal(ratio(rollouts.clustered(sales, np.ones(600), cluster)), 0.95)
        covered += interval.low <= 5 <= interval.high
        blind += abs(sales.mean() - 5) <= 1.96 * sales.std() / 600**0.5
    assert 0.92 <= covered / 2_000 <= 0.97
    assert blind / 2_000 < 0.7
