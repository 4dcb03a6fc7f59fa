"""Responses that only fall, cascades that die out, and alarms that seldom cry wolf."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from jishi.gauges import alarms, cascades, isotonic
from jishi.gauges.means import normal
from jishi.gauges.types import Estimate


def test_neighbours_that_violate_the_order_are_one() -> None:
    found = isotonic.falling(np.array([5.0, 3, 4, 4, 1]), np.array([1.0, 1, 3, 1, 1]))
    assert found == pytest.approx([5, 3.8, 3.8, 3.8, 1])
    # What falls already stays as it is.
    assert isotonic.falling(np.array([3.0, 2, 1]), np.ones(3)).tolist() == [3, 2, 1]


@given(some.lists(some.tuples(some.integers(-9, 9), some.integers(1, 5)), min_size=1, max_size=6))
def test_no_falling_values_are_nearer(rungs: list[tuple[int, int]]) -> None:
    values = np.array([float(value) for value, _ in rungs])
    weights = np.array([float(weight) for _, weight in rungs])
    found = isotonic.falling(values, weights)
    assert (np.diff(found) <= 1e-12).all()
    # The least squares over the cone: the rest stands square on it, and leans away from the cone.
    rest = weights * (values - found)
    assert float(np.dot(rest, found)) == pytest.approx(0, abs=1e-9)
    assert (np.cumsum(rest)[:-1] <= 1e-9).all()


def ladder(lot: np.random.Generator, truth: np.ndarray) -> tuple[Estimate, ...]:
    return tuple(Estimate(float(value + lot.normal(0, 0.1)), 0.1) for value in truth)


def test_all_rungs_and_all_slopes_together_are_covered() -> None:
    lot = np.random.default_rng(41)
    doses, truth = np.array([1.0, 2, 3, 5, 8]), np.array([1.0, 0.95, 0.9, 0.7, 0.5])
    slopes = np.diff(truth) / np.diff(doses)
    rungs_true = slopes_true = alone = narrower = 0
    for _ in range(1_000):
        rungs = ladder(lot, truth)
        found = isotonic.responses(rungs, 0.95)
        rungs_true += all(
            each.interval.low <= here <= each.interval.high
            for each, here in zip(found, truth, strict=True)
        )
        slopes_true += all(
            each.interval.low <= here <= each.interval.high
            for each, here in zip(isotonic.slopes(doses, rungs, 0.95), slopes, strict=True)
        )
        each = [normal(rung, 0.95) for rung in rungs]
        alone += all(one.low <= here <= one.high for one, here in zip(each, truth, strict=True))
        narrower += any(
            reading.interval.high - reading.interval.low < 0.1 * 2 * 2.5 for reading in found
        )
    assert rungs_true / 1_000 >= 0.94
    assert slopes_true / 1_000 >= 0.94
    # The negative control: rungs that are read one by one are not all true so often.
    assert alone / 1_000 < 0.85
    # Knowing that it falls is knowing something.
    assert narrower > 500


def test_children_by_parents_by_hand() -> None:
    sums = cascades.litters(np.array([0, 0, 3, 1]))
    assert sums.parents == (2, 1, 0, 1)
    assert cascades.reproduction(sums).value == 1
    # Deviations -1, -1, 2, 0 from the mean: 6 by 3, by 4 parents.
    assert cascades.reproduction(sums).error == pytest.approx((6 / 3 / 4) ** 0.5)
    assert (sums + cascades.litters(np.array([1, 4]))).parents == (2, 2, 0, 1, 1)


def test_what_ends_and_what_lives() -> None:
    # Three quarters have three children, a quarter none: q = 1/4 + 3/4 q^3.
    q = cascades.end(cascades.Litters((1, 0, 0, 3)))
    assert q == pytest.approx(0.25 + 0.75 * q**3)
    assert q < 0.3
    assert cascades.end(cascades.Litters((2, 1, 1))) == 1
    assert cascades.end(cascades.Litters((0, 5))) == 0
    assert cascades.generation_size(0.5, 3) == pytest.approx(1 + 0.5 + 0.25 + 0.125)
    assert cascades.generation_size(1.0, 3) == 4


def test_reproduction_is_covered_though_few_have_most_children() -> None:
    lot, covered, poisson = np.random.default_rng(42), 0, 0
    for _ in range(2_000):
        # Geometric litters of mean .8, three generations from 150 who begin.
        begun, born = 150, []
        for _ in range(3):
            litter = lot.geometric(1 / 1.8, begun) - 1
            born.append(litter)
            begun = int(litter.sum())
        found = cascades.reproduction(cascades.litters(np.concatenate(born)))
        interval = normal(found, 0.95)
        covered += interval.low <= 0.8 <= interval.high
        units = sum(len(litter) for litter in born)
        blind = normal(Estimate(found.value, (found.value / units) ** 0.5), 0.95)
        poisson += blind.low <= 0.8 <= blind.high
    assert 0.93 <= covered / 2_000 <= 0.97
    # The negative control: counting children as if each came alone is too sure.
    assert poisson / 2_000 < 0.9


def test_the_days_until_an_alarm_are_the_published_ones() -> None:
    # J. M. Lucas, M. S. Saccucci, Technometrics 32 (1990): 500 days of peace for these.
    for weight, limit in ((0.1, 2.814), (0.2, 2.962), (0.4, 3.054)):
        assert alarms.Average(weight, limit).days_to_alarm() == pytest.approx(500, rel=0.01)
    # J. M. Lucas, R. B. Crosier, Technometrics 24 (1982): one side, and one deviation above.
    assert alarms.Sum(0.5, 4).days_to_alarm(1.0) == pytest.approx(8.38, abs=0.01)
    assert alarms.Sum(0.5, 5).days_to_alarm() == pytest.approx(930, rel=0.01)
    assert alarms.Sum(0.5, 5).days_to_alarm(1.0) == pytest.approx(10.4, abs=0.05)


@pytest.mark.parametrize("shift", [0.0, 1.0])
@pytest.mark.parametrize("chart", [alarms.Average(), alarms.Sum(0.5, 4)])
def test_the_days_until_an_alarm_are_those_of_a_simulation(
    chart: alarms.Average | alarms.Sum, shift: float
) -> None:
    lot = np.random.default_rng(43)
    waits = []
    for _ in range(400):
        days = itertools.count()
        waited = None
        while waited is None:
            # Each wait begins anew, from nought; 4,000 days hold all but one in thousands.
            rung = chart.alarms(lot.normal(shift, 1, 4_000 if shift == 0 else 200))
            next(days)
            waited = int(rung.argmax()) + 1 if rung.any() else None
        waits.append(waited)
    expected = chart.days_to_alarm(shift)
    error = float(np.std(waits)) / 20
    assert np.mean(waits) == pytest.approx(expected, abs=4 * error)


def test_a_sum_sees_the_drift_that_no_day_shows() -> None:
    lot = np.random.default_rng(44)
    counts = lot.poisson(20, 120).astype(np.float64)
    counts[60:] = lot.poisson(25, 60)
    apart = alarms.deviations(counts, np.full(120, 20.0))
    heard = np.flatnonzero(alarms.Sum().alarms(apart))
    assert 60 <= heard[0] < 90
    assert not (np.abs(apart[: heard[0]]) > 3).any()
    # Small counts, made alike: mean nought, deviation one.
    small = alarms.deviations(lot.poisson(4, 200_000).astype(np.float64), np.full(200_000, 4.0))
    assert small.mean() == pytest.approx(0, abs=0.15)
    assert small.std() == pytest.approx(1, abs=0.05)
