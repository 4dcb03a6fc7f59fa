"""Pairs of friends around a purchase, and rules that reach merchants wave after wave."""

import numpy as np
import pytest

from jishi.gauges import pair_events, rollouts
from jishi.gauges.means import normal, ratio
from jishi.gauges.pair_events import NEVER, Weeks


def friends(lot: np.random.Generator, pairs: int, effect: float) -> Weeks:
    """Half of the pairs trade in a week of their own; the closer do so more, and all tire."""
    weeks = 16
    close = lot.gamma(4, 0.5, pairs)
    traded = lot.random(pairs) < close / (close + 2)
    begins = np.where(traded, lot.integers(5, 12, pairs), NEVER)
    week = np.tile(np.arange(weeks), pairs)
    pair = np.repeat(np.arange(pairs), weeks)
    since = np.where(begins[pair] == NEVER, NEVER, week - begins[pair])
    level = close[pair] - 0.05 * week + effect * (since >= 0)
    # What passes between two friends this week resembles the week before.
    noise = np.cumsum(lot.normal(0, 0.3, (pairs, weeks)), axis=1) * 0.5
    passed = level + lot.normal(0, 0.5, pairs * weeks) + noise.ravel()
    return Weeks(pair=pair, week=week, since=since, passed=passed)


def test_a_pair_is_held_beside_itself_by_hand() -> None:
    # One pair trades in week 1, one never; the weeks add 0 and 1 to both, the trade takes 3.
    rows = Weeks(
        pair=np.array([0, 0, 1, 1, 2, 2]),
        week=np.array([0, 1, 0, 1, 0, 1]),
        since=np.array([-1, 0, NEVER, NEVER, NEVER, NEVER]),
        passed=np.array([10.0, 8, 2, 3, 5, 6]),
    )
    assert pair_events.course(rows, -1, 0)[0].value == pytest.approx(-3)


def test_the_purchase_is_found_though_close_friends_trade_and_all_tire() -> None:
    lot = np.random.default_rng(51)
    rows = friends(lot, 600, -0.4)
    found = pair_events.course(rows, -4, 4)
    for week in (0, 1, 2, 3):
        assert abs(found[week].value + 0.4) < 4 * found[week].error
    for week in (-4, -3, -2):
        # Before it, those who will trade are as the others: the design may be believed.
        assert abs(found[week].value) < 4 * found[week].error
    # The negative control: those who traded beside those who did not hide most of it.
    traded = rows.since != NEVER
    naive = rows.passed[traded & (rows.since >= 0)].mean() - rows.passed[~traded].mean()
    assert naive > -0.2


def test_weeks_of_a_pair_that_hang_together_are_covered() -> None:
    lot, covered = np.random.default_rng(52), 0
    for _ in range(300):
        one = pair_events.course(friends(lot, 120, 0.3), -3, 3)[2]
        interval = normal(one, 0.95)
        covered += interval.low <= 0.3 <= interval.high
    assert 0.915 <= covered / 300 <= 0.985


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
