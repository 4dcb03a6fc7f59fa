"""The estimators against hand arithmetic, known limits and their own promises."""

import math

import numpy as np
import pytest

from jishi.gauges import instruments, means, pooling, power, sequences, shares
from jishi.gauges.types import Estimate, Interval, pairs


def test_forgetting_people_leaves_the_same_sums() -> None:
    lot = np.random.default_rng(1)
    spent, before = lot.gamma(2, 30, 500), lot.gamma(2, 20, 500)
    whole = pairs(spent, before)
    parts = pairs(spent[:200], before[:200]) + pairs(spent[200:], before[200:])
    assert whole.main.units == parts.main.units
    assert parts.covariance == pytest.approx(whole.covariance)
    assert parts.main.variance == pytest.approx(float(np.var(spent, ddof=1)))


def test_what_was_known_before_takes_its_share_of_the_noise_away() -> None:
    lot = np.random.default_rng(2)
    before = lot.normal(10, 3, 4000)
    after = before + lot.normal(0, 2, 4000)
    treated, control = pairs(after[:2000] + 1, before[:2000]), pairs(after[2000:], before[2000:])
    plain, sharper = means.difference(treated.main, control.main), means.adjusted(treated, control)
    explained = np.corrcoef(before, after)[0, 1] ** 2
    assert (sharper.error / plain.error) ** 2 == pytest.approx(1 - explained, abs=0.02)
    assert abs(sharper.value - 1) < 4 * sharper.error


def test_a_ratio_by_person_is_noisier_than_one_by_visit_pretends() -> None:
    lot = np.random.default_rng(3)
    visits = lot.integers(1, 20, 3000).astype(np.float64)
    keen = lot.beta(1, 4, 3000)
    orders = lot.binomial(visits.astype(np.int64), keen).astype(np.float64)
    found = means.ratio(pairs(orders, visits))
    assert found.value == pytest.approx(orders.sum() / visits.sum())
    again = [ratio_of_some(orders, visits, lot) for _ in range(400)]
    assert found.error == pytest.approx(float(np.std(again)), rel=0.12)
    naive = math.sqrt(found.value * (1 - found.value) / visits.sum())
    assert found.error > 1.5 * naive


def ratio_of_some(orders: np.ndarray, visits: np.ndarray, lot: np.random.Generator) -> float:
    some = lot.integers(0, len(orders), len(orders))
    return float(orders[some].sum() / visits[some].sum())


def test_fieller_is_unbounded_where_the_divisor_may_be_nought() -> None:
    sure = means.fieller(Estimate(value=1, error=0.1), Estimate(value=2, error=0.1), 0.95)
    assert sure.low < 0.5 < sure.high
    unsure = means.fieller(Estimate(value=1, error=0.1), Estimate(value=0.1, error=0.1), 0.95)
    assert unsure == Interval(low=-math.inf, high=math.inf)
    # By hand: 1 over exactly 2 is half the interval of 1.
    exact = means.fieller(Estimate(value=1, error=0.1), Estimate(value=2, error=0), 0.95)
    assert exact.low == pytest.approx((1 - 0.1959964) / 2, abs=1e-6)


def test_shares_keep_inside_their_bounds_and_agree_with_tables() -> None:
    # Newcombe 1998: 56/70 and 48/80 give .0524 to .3339.
    between = shares.newcombe((56, 70), (48, 80), 0.95)
    assert (round(between.low, 4), round(between.high, 4)) == (0.0524, 0.3339)
    # Garwood: none seen means less than 3.689; ten seen, 4.795 to 18.390.
    assert shares.garwood(0, 1, 0.95).high == pytest.approx(3.689, abs=1e-3)
    ten = shares.garwood(10, 1, 0.95)
    assert (round(ten.low, 3), round(ten.high, 3)) == (4.795, 18.39)
    assert shares.wilson(0, 10, 0.95).low == 0
    assert shares.wilson(10, 10, 0.95).high == 1
    assert shares.interleaved(60, 40) == pytest.approx(0.0569, abs=1e-4)


def test_a_lost_arm_is_noticed() -> None:
    assert shares.sample_ratio((5000, 5000), (1, 1)) == 1
    assert shares.sample_ratio((5000, 4600), (1, 1)) < 0.001


def test_the_price_of_knowing_is_the_published_table() -> None:
    assert power.people_needed(0.01, 0.20) == pytest.approx(42_691, rel=1e-3)
    assert power.people_needed(0.05, 0.10) == pytest.approx(31_231, rel=1e-3)
    assert power.people_needed(0.20, 0.20) == pytest.approx(1_680, rel=1e-2)
    for people, percent in ((5_000, 58), (20_000, 29), (100_000, 13)):
        seen = power.smallest_lift(0.05, people // 10, people - people // 10)
        assert round(100 * seen) == percent


def test_looking_daily_costs_half_again_the_width_at_the_planned_size() -> None:
    at_the_end = sequences.widening(6000, 6000, 0.05) / means.quantile(0.975)
    assert at_the_end == pytest.approx(1.55, abs=0.01)
    assert sequences.widening(600, 6000, 0.05) > sequences.widening(6000, 6000, 0.05)
    harm = Estimate(value=0.02, error=0.004)
    assert sequences.guard(harm, 6000, 6000, 0.05) > sequences.sequence(harm, 6000, 6000, 0.05).low


def test_members_are_not_like_others_but_the_invited_are_like_the_uninvited() -> None:
    lot = np.random.default_rng(8)
    people, truth = 60_000, 0.8
    keen, invited = lot.normal(0, 1, people), lot.random(people) < 0.5
    member = (keen + 1.2 * invited + lot.normal(0, 1, people)) > 0.6
    bought = truth * member + 0.5 * keen + lot.normal(2, 1, people)
    joined = member.astype(np.float64)
    naive = bought[member].mean() - bought[~member].mean()
    found = instruments.local_effect(
        pairs(bought[invited], joined[invited]), pairs(bought[~invited], joined[~invited])
    )
    assert naive > 1.1
    assert abs(found.value - truth) < 3 * found.error
    assert found.error < 0.1
    controls = np.ones((people, 1))
    left = [instruments.residual(v, controls) for v in (bought, joined, invited.astype(np.float64))]
    each = np.arange(people)
    sums = [instruments.cluster_sums(left[2] * left[i], each) for i in (0, 1)]
    assert instruments.instrumented(*sums).value == pytest.approx(found.value)
    assert instruments.instrumented(*sums).error == pytest.approx(found.error, rel=0.01)


def test_shops_that_agree_are_one_and_shops_that_differ_keep_their_own() -> None:
    alike = [Estimate(value=0.1, error=0.05)] * 4
    together = pooling.pooled(alike)
    assert together.between == 0
    assert together.mean.error == pytest.approx(0.025)
    apart = pooling.pooled([Estimate(value=v, error=0.1) for v in (-2.0, 0.0, 2.0)])
    # By hand: Q = 800, c = 200, so tau squared is (800 - 2) / 200.
    assert apart.between == pytest.approx(3.99)
    assert apart.shrunk[2].value == pytest.approx(2 * 3.99 / 4, rel=1e-9)


def test_holm_stops_at_the_first_that_fails() -> None:
    assert pooling.holm([0.01, 0.04, 0.03, 0.005], 0.05) == (True, False, False, True)
    assert pooling.holm([], 0.05) == ()
