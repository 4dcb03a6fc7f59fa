"""What runs in time: waiting for an order, a sharer's decay, a place switched on and off."""

import numpy as np
import pytest

from jishi.gauges import decay, survival
from jishi.gauges.switchback import Switchback


def test_waiting_times_by_hand() -> None:
    # Six people: orders at 1 and 3, one unfollows at 2, three wait at 2, 3 and 4.
    table = survival.life_table(
        np.array([1.0, 2, 2, 3, 3, 4]), np.array([0, 1, -1, 0, -1, -1]), endings=2
    )
    assert table.waiting.tolist() == [6, 5, 3, 1]
    assert survival.still_waiting(table) == pytest.approx([5 / 6, 4 / 6, 4 / 9, 4 / 9])
    assert survival.ended_so(table, 0) == pytest.approx([1 / 6, 1 / 6, 1 / 6 + 2 / 9, 7 / 18])
    assert survival.ended_so(table, 1) == pytest.approx([0, 1 / 6, 1 / 6, 1 / 6])
    assert survival.mean_until(table, 4).value == pytest.approx(1 + 5 / 6 + 4 / 6 + 4 / 9)


def test_ends_of_every_kind_and_the_waiting_are_everybody() -> None:
    lot = np.random.default_rng(21)
    table = survival.life_table(
        lot.integers(1, 60, 500).astype(np.float64), lot.integers(-1, 2, 500), endings=2
    )
    shares = (
        survival.still_waiting(table) + survival.ended_so(table, 0) + survival.ended_so(table, 1)
    )
    assert shares == pytest.approx(np.ones(len(shares)))


def test_without_the_waiting_the_errors_are_those_of_a_share_and_a_mean() -> None:
    lot = np.random.default_rng(22)
    durations = lot.permutation(np.arange(1.0, 401.0))
    table = survival.life_table(durations, np.zeros(400, dtype=np.int64), endings=1)
    half = survival.still_waiting(table)[199]
    assert half == pytest.approx(0.5)
    assert survival.errors(table)[199] == pytest.approx((half * (1 - half) / 400) ** 0.5)
    whole = survival.mean_until(table, 1000)
    assert whole.value == pytest.approx(durations.mean())
    assert whole.error == pytest.approx(durations.std() / 20, rel=0.01)


def test_a_planted_decay_is_found_though_the_strong_share_more() -> None:
    lot = np.random.default_rng(23)
    standing = lot.gamma(2, 8, 300)
    shared = (3 + standing * 1.5).astype(np.int64)
    sharer = np.repeat(np.arange(300), shared)
    nth = np.concatenate([np.arange(count) for count in shared])
    known = np.log1p(nth)[:, None]
    opens = lot.poisson(standing[sharer] * np.exp(-0.4 * known[:, 0])).astype(np.float64)
    (found,) = decay.within(sharer, opens, known)
    assert abs(found.value + 0.4) < 3 * found.error
    assert found.error < 0.02
    # Without a mean of his own for each, those who share much hide the decay.
    (pooled,) = decay.within(sharer % 2, opens, known)
    assert pooled.value > -0.35


def test_a_switchback_finds_the_effect_that_lingers_a_period() -> None:
    lot, four = np.random.default_rng(24), Switchback(block=4, memory=1)
    found = []
    for _ in range(300):
        treated = four.tossed(200, lot)
        before = np.concatenate([[False], treated[:-1]])
        outcome = lot.normal(0, 1, 200) + 0.6 * treated + 0.4 * before
        found.append(four.effect(outcome, treated))
    assert np.mean(found) == pytest.approx(1, abs=4 * np.std(found) / 300**0.5)


def test_nothing_is_found_where_nothing_is() -> None:
    lot, three = np.random.default_rng(25), Switchback(block=3, memory=1)
    found = []
    for _ in range(60):
        treated = three.tossed(60, lot)
        outcome = lot.normal(5, 1, 60)
        found.append(three.probability(outcome, treated, 99, lot))
    assert np.mean(np.array(found) <= 0.1) < 0.25
    assert np.mean(found) == pytest.approx(0.5, abs=0.15)
    strong = three.tossed(60, lot)
    planted = lot.normal(5, 1, 60) + 3 * strong
    assert three.probability(planted, strong, 99, lot) == 0.01


def test_without_the_waiting_a_competing_end_has_the_error_of_a_share() -> None:
    lot = np.random.default_rng(26)
    ending = lot.integers(0, 2, 400)
    table = survival.life_table(lot.permutation(np.arange(1.0, 401.0)), ending, endings=2)
    share, error = survival.ended_so(table, 0), survival.ended_so_errors(table, 0)
    assert error == pytest.approx(np.sqrt(share * (1 - share) / 400), rel=1e-6)


def test_the_share_that_ends_so_is_covered_and_the_blind_one_is_not_the_truth() -> None:
    lot, covered, blind = np.random.default_rng(27), 0, []
    for _ in range(1_000):
        order, unfollow = lot.exponential(20, 200), lot.exponential(15, 200)
        seen = lot.uniform(5, 40, 200)
        first = np.minimum(np.minimum(order, unfollow), seen)
        way = np.where(first == order, 0, np.where(first == unfollow, 1, -1))
        table = survival.life_table(first, way, endings=2)
        at = int(np.searchsorted(table.at, 20, side="right")) - 1
        share = survival.ended_so(table, 0)[at]
        error = survival.ended_so_errors(table, 0)[at]
        hazard = 1 / 20 + 1 / 15
        truth = 1 / 20 / hazard * (1 - np.exp(-20 * hazard))
        covered += abs(share - truth) <= 1.96 * error
        # Who unfollowed taken for somebody who waits still: that share is too large.
        alone = survival.life_table(first, np.where(way == 0, 0, -1), endings=1)
        blind.append(1 - survival.still_waiting(alone)[at] - truth)
    assert 0.93 <= covered / 1_000 <= 0.97
    assert np.mean(blind) > 0.1


def test_the_wait_gained_is_covered() -> None:
    lot, covered = np.random.default_rng(28), 0
    truth = 30 * (1 - np.exp(-1)) - 20 * (1 - np.exp(-1.5))
    for _ in range(1_000):
        arms = []
        for mean in (30, 20):
            wait, seen = lot.exponential(mean, 200), lot.uniform(10, 80, 200)
            ending = np.where(wait <= seen, 0, -1)
            arms.append(survival.life_table(np.minimum(wait, seen), ending, endings=1))
        found = survival.wait_gained(arms[0], arms[1], horizon=30)
        covered += abs(found.value - truth) <= 1.96 * found.error
    assert 0.93 <= covered / 1_000 <= 0.97
