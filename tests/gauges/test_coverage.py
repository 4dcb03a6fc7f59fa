"""Intervals cover as often as they say; those that are watched daily do not cry wolf."""

import os

import numpy as np
import pytest

from jishi.gauges.means import adjusted, mean, normal, quantile, share_left, welch
from jishi.gauges.questions import HABIT
from jishi.gauges.sequences import widening
from jishi.gauges.shares import newcombe
from jishi.gauges.types import Interval, Pairs, moments, pairs
from jishi.gauges.verdicts import Verdict, judge

IS_SOAK = os.environ.get("JISHI_SOAK") == "1"
SEEDS = 20_000 if IS_SOAK else 2_000
LEVEL, PEOPLE, EFFECT = 0.95, 400, 0.5


def share_covered(found: list[Interval], truth: float) -> float:
    return float(np.mean([one.low <= truth <= one.high for one in found]))


def test_intervals_of_means_cover_the_truth_95_times_in_a_hundred() -> None:
    lot = np.random.default_rng(11)
    plain, sharper = [], []
    for _ in range(SEEDS):
        treated, control = people(lot, EFFECT), people(lot, 0)
        plain.append(welch(treated.main, control.main, LEVEL))
        sharper.append(normal(adjusted(treated, control), LEVEL))
    assert 0.93 <= share_covered(plain, EFFECT) <= 0.97
    assert 0.93 <= share_covered(sharper, EFFECT) <= 0.97


def people(lot: np.random.Generator, effect: float) -> Pairs:
    """Skewed spending with a past, as buyers have."""
    before = lot.gamma(2, 1, PEOPLE)
    return pairs(before + lot.gamma(1, 2, PEOPLE) + effect, before)


def test_intervals_of_shares_and_ratios_cover_the_truth_95_times_in_a_hundred() -> None:
    lot = np.random.default_rng(12)
    treated, control = lot.binomial(PEOPLE, 0.12, SEEDS), lot.binomial(PEOPLE, 0.08, SEEDS)
    between = [
        newcombe((int(one), PEOPLE), (int(two), PEOPLE), LEVEL)
        for one, two in zip(treated, control, strict=True)
    ]
    assert 0.93 <= share_covered(between, 0.04) <= 0.97
    left = [persistence(lot, 0.4, PEOPLE) for _ in range(SEEDS)]
    assert 0.93 <= share_covered(left, 0.4) <= 0.97


def persistence(lot: np.random.Generator, left: float, people: int) -> Interval:
    """Prompts raise 2 orders to 3; when they stop, `left` of the one more stays."""
    return share_left(orders(lot, left, 1.0, people), orders(lot, 0.0, 0.0, people), LEVEL)


def orders(lot: np.random.Generator, after: float, during: float, people: int) -> Pairs:
    # Who buys much in one month buys much in the next: the months are not independent.
    keen = lot.gamma(4, 1 / 4, people)
    bought = [lot.poisson(keen * (2 + lift)).astype(np.float64) for lift in (after, during)]
    return pairs(bought[0], bought[1])


@pytest.mark.parametrize(
    ("left", "verdict", "opposite"),
    [
        (0.0, Verdict.HOLDS, Verdict.REFUTED),
        (1.0, Verdict.REFUTED, Verdict.HOLDS),
        (0.35, Verdict.UNDECIDED, None),
    ],
)
def test_a_planted_habit_is_found_in_90_of_100_and_never_the_wrong_way(
    left: float, verdict: Verdict, opposite: Verdict | None
) -> None:
    lot = np.random.default_rng(15)
    found = [judge(HABIT.claim, {"persistence": persistence(lot, left, 4000)}) for _ in range(100)]
    assert found.count(verdict) >= 90
    assert opposite not in found


def false_alarms(is_sequence: bool) -> float:
    """Watch two equal arms for 60 days, and say how often somebody would have cried."""
    lot, seeds, days, daily = np.random.default_rng(13), SEEDS, 60, 100
    units = daily * np.arange(1, days + 1)
    treated, control = (lot.binomial(daily // 2, 0.1, (seeds, days)).cumsum(axis=1) for _ in "ab")
    shares = [arm / (units / 2) for arm in (treated, control)]
    error = np.sqrt(sum(share * (1 - share) for share in shares) / (units / 2))
    reach = np.array([widening(int(n), int(units[-1]), 0.05) for n in units])
    bound = reach if is_sequence else quantile(0.975)
    return float((np.abs(shares[0] - shares[1]) > bound * error).any(axis=1).mean())


def test_a_sequence_watched_daily_for_60_days_cries_wolf_in_less_than_a_twentieth() -> None:
    assert false_alarms(is_sequence=True) <= 0.05


def test_the_usual_interval_watched_daily_cries_wolf_in_a_quarter_or_more() -> None:
    # The negative control: without the sequence the very same data raise the alarm.
    assert false_alarms(is_sequence=False) >= 0.25


def test_a_mean_of_one_arm_is_within_its_error() -> None:
    lot = np.random.default_rng(14)
    found = [normal(mean(moments(lot.gamma(2, 1, PEOPLE))), LEVEL) for _ in range(SEEDS)]
    assert share_covered(found, 2.0) == pytest.approx(0.95, abs=0.02)
