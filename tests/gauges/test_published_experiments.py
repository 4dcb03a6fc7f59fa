"""Experiments that others published, from the sums of their data: the same numbers come out."""

import csv

import numpy as np
import pytest

from jishi.gauges.instruments import instrumented, local_effect
from jishi.gauges.means import adjusted, difference, lift, mean, welch
from jishi.gauges.shares import newcombe, sample_ratio
from jishi.gauges.types import Moments, Pairs, moments, pairs, successes
from tests.gauges.published import HILLSTROM, columns, open_data

# Visitors and buyers of the 21,307, 21,387 and 21,306 who got men's, women's and no mail.
MEN, WOMEN, NONE = (3894, 267, 21307), (3238, 189, 21387), (2262, 122, 21306)


def test_training_raised_earnings_by_1794_dollars_in_the_set_of_dehejia_and_wahba() -> None:
    trained = Moments(units=185, total=1174591.54788208, squares=18846517440.538666)
    control = Moments(units=260, total=1184248.291255951, squares=13182781881.93716)
    assert difference(trained, control).value == pytest.approx(1794.3, abs=0.1)
    interval = welch(trained, control, 0.95)
    assert 0 < interval.low < 1794.3 < interval.high


def test_training_raised_earnings_by_886_dollars_in_the_set_of_lalonde() -> None:
    trained = Moments(units=297, total=1774976.55372, squares=24797815994.77732)
    control = Moments(units=425, total=2163270.52836, squares=24874484056.48146)
    assert difference(trained, control).value == pytest.approx(886.3, abs=0.1)
    assert welch(trained, control, 0.95).low < 0


def test_friends_who_were_insured_insured_their_friends() -> None:
    sums = columns("social_insurance.csv")
    found = instrumented(sums["outcome"], sums["uptake"])
    assert found.value == pytest.approx(0.791, abs=5e-4)
    # .273 is published by another small-sample correction of the clusters' errors.
    assert found.error == pytest.approx(0.268, abs=5e-4)


def test_an_incentive_took_those_who_collect_their_result_from_34_to_79_in_a_hundred() -> None:
    paid, unpaid = successes(1745, 2211), successes(211, 623)
    assert round(unpaid.mean, 2) == 0.34
    assert round(paid.mean, 2) == 0.79
    assert difference(paid, unpaid).value == pytest.approx(0.4506, abs=1e-4)
    # Taking what is offered is here the offer itself: the local effect is the difference.
    moved = local_effect(taken(1745, 2211, 2211), taken(211, 623, 0))
    assert moved.value == pytest.approx(difference(paid, unpaid).value)
    assert moved.error == pytest.approx(difference(paid, unpaid).error)


def taken(count: int, units: int, uptake: int) -> Pairs:
    return Pairs(
        main=successes(count, units),
        other=successes(uptake, units),
        products=float(count if uptake else 0),
    )


def test_hillstroms_mail_brought_the_published_visits_and_buyers() -> None:
    visits = [round(arm[0] / arm[2], 4) for arm in (NONE, MEN, WOMEN)]
    bought = [round(100 * arm[1] / arm[2], 2) for arm in (NONE, MEN, WOMEN)]
    assert visits == [0.1062, 0.1828, 0.1514]
    assert bought == [0.57, 1.25, 0.88]
    more = newcombe((MEN[0], MEN[2]), (NONE[0], NONE[2]), 0.95)
    assert more.low < 0.0766 < more.high
    by = lift(mean(successes(MEN[1], MEN[2])), mean(successes(NONE[1], NONE[2])))
    assert by.value == pytest.approx(1.19, abs=0.005)
    assert sample_ratio((MEN[2], WOMEN[2], NONE[2]), (1, 1, 1)) > 0.001


def test_hillstroms_whole_file_says_what_its_sums_say() -> None:
    with open_data(HILLSTROM).open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 64_000
    for name, (visits, buyers, units) in (("Mens", MEN), ("Womens", WOMEN), ("No", NONE)):
        arm = [row for row in rows if row["treatment"].startswith(name)]
        assert len(arm) == units
        assert sum(int(row["visit"]) for row in arm) == visits
        assert sum(int(row["conversion"]) for row in arm) == buyers
    spent = {
        name: np.array([float(row["spend"]) for row in rows if row["treatment"].startswith(name)])
        for name in ("Mens", "No")
    }
    effect = difference(moments(spent["Mens"]), moments(spent["No"]))
    assert effect.value == pytest.approx(0.77, abs=0.005)
    before = {
        name: np.array([float(row["history"]) for row in rows if row["treatment"].startswith(name)])
        for name in ("Mens", "No")
    }
    # What was spent before explains next to nothing here: the adjustment must not make it worse.
    arms = [pairs(spent[name], before[name]) for name in ("Mens", "No")]
    assert adjusted(*arms).error <= effect.error * 1.0001
