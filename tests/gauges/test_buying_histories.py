"""The models of buying find on CDNOW what was published, and agree with simple truths."""

import numpy as np
import pytest

from jishi.gauges import bg_nbd, gamma_gamma, pareto_nbd
from jishi.gauges.types import Buyers
from tests.gauges.published import cdnow


def one(repeats: float, last: float, age: float) -> Buyers:
    return Buyers(
        repeats=np.array([repeats]),
        last=np.array([last]),
        age=np.array([age]),
        alike=np.array([1.0]),
    )


def test_cdnow_has_its_2357_buyers() -> None:
    buyers, _ = cdnow()
    assert buyers.alike.sum() == 2357
    assert np.dot(buyers.alike, buyers.repeats > 0) == 946


def test_bg_nbd_finds_the_published_parameters_and_likelihood() -> None:
    buyers, _ = cdnow()
    found = bg_nbd.fit(buyers)
    assert found.r == pytest.approx(0.2426, abs=5e-4)
    assert found.alpha == pytest.approx(4.414, abs=5e-3)
    assert found.a == pytest.approx(0.793, abs=1e-3)
    assert found.b == pytest.approx(2.426, abs=3e-3)
    assert bg_nbd.log_likelihood(found, buyers) == pytest.approx(-9582.4, abs=0.05)
    expected = bg_nbd.purchases_ahead(found, one(2, 30.43, 38.86), 39)
    assert expected[0] == pytest.approx(1.226, abs=1e-3)
    # Known from the holdout: the model forecasts about 1,653 purchases where 1,882 were made.
    ahead = bg_nbd.purchases_ahead(found, buyers, 39)
    assert np.dot(buyers.alike, ahead) == pytest.approx(1653, abs=3)


def test_pareto_nbd_finds_the_published_parameters_and_likelihood() -> None:
    buyers, _ = cdnow()
    found = pareto_nbd.fit(buyers)
    assert found.r == pytest.approx(0.553, abs=1e-3)
    assert found.alpha == pytest.approx(10.578, abs=1e-2)
    assert found.s == pytest.approx(0.606, abs=1e-3)
    assert found.beta == pytest.approx(11.669, abs=2e-2)
    assert pareto_nbd.log_likelihood(found, buyers) == pytest.approx(-9595.0, abs=0.05)


def test_gamma_gamma_finds_the_published_parameters() -> None:
    buyers, spent = cdnow()
    back = buyers.repeats > 0
    assert buyers.alike[back].max() == 1
    found = gamma_gamma.fit(buyers.repeats[back], spent[back])
    assert found.p == pytest.approx(6.25, abs=1e-2)
    assert found.q == pytest.approx(3.74, abs=1e-2)
    assert found.gamma == pytest.approx(15.44, abs=2e-2)
    # By hand: the mean of a buyer seen for ever is his own.
    assert gamma_gamma.worth(found, np.array([1e9]), np.array([40.0]))[0] == pytest.approx(40)


def test_who_never_came_back_is_alive_in_one_model_and_doubted_in_the_other() -> None:
    geometric = bg_nbd.BgNbd(r=0.2426, alpha=4.414, a=0.793, b=2.426)
    pareto = pareto_nbd.ParetoNbd(r=0.5534, alpha=10.578, s=0.6061, beta=11.669)
    assert bg_nbd.alive(geometric, one(0, 0, 38.86))[0] == 1
    assert 0.1 < pareto_nbd.alive(pareto, one(0, 0, 38.86))[0] < 0.9
    assert pareto_nbd.alive(pareto, one(3, 38.86, 38.86))[0] == pytest.approx(1)


def test_expectations_are_what_a_simulation_of_the_models_gives() -> None:
    lot = np.random.default_rng(5)
    people, period = 100_000, 30.0
    r, alpha, a, b = 0.8, 6.0, 1.5, 3.0
    rate, stop = lot.gamma(r, 1 / alpha, people), lot.beta(a, b, people)
    clock, bought = np.zeros(people), np.zeros(people)
    is_alive = np.ones(people, dtype=bool)
    while is_alive.any():
        clock += lot.exponential(1 / rate)
        is_alive &= clock <= period
        bought += is_alive
        is_alive &= lot.random(people) >= stop
    expected = bg_nbd.purchases_of_a_newcomer(bg_nbd.BgNbd(r=r, alpha=alpha, a=a, b=b), period)
    assert expected == pytest.approx(bought.mean(), rel=0.02)
    lives = lot.exponential(1 / lot.gamma(2.5, 1 / 20.0, people))
    seen = lot.poisson(rate * np.minimum(lives, period))
    model = pareto_nbd.ParetoNbd(r=r, alpha=alpha, s=2.5, beta=20.0)
    ahead = pareto_nbd.purchases_ahead(model, one(0, 0, 0), period)
    assert ahead[0] == pytest.approx(seen.mean(), rel=0.02)
