"""A town lives its days the same way each time, in every world, on any number of threads."""

from pathlib import Path

import numpy as np
import pytest

from jishi.gauges.assignment import part
from jishi.town.draws import Purpose, parts, rare
from jishi.town.graph import clustering, degrees, drawn, graph, mean_degree
from jishi.town.people import Town, settle
from jishi.town.policy import ARMS, Policy
from jishi.town.prices import BASKETS, amounts_fen, commission, priced
from jishi.town.simulation import simulate
from jishi.town.traits import Traits

PEOPLE, DAYS = 20_000, 20


@pytest.fixture(scope="module")
def town() -> Town:
    return settle(PEOPLE, 5)


def test_the_same_town_lives_the_same_days_on_one_thread_and_on_two(town: Town) -> None:
    policy = Policy(experiments=tuple(ARMS))
    one, two = (simulate(town, policy, DAYS, threads=threads) for threads in (1, 2))
    for name, counted in one.counts.items():
        assert (counted == two.counts[name]).all(), name
    for name in one.people._fields:
        assert np.array_equal(getattr(one.people, name), getattr(two.people, name)), name


def test_another_seed_is_another_town(town: Town) -> None:
    other = simulate(settle(PEOPLE, 6), Policy(), DAYS).counts
    assert (simulate(town, Policy(), DAYS).counts["orders"] != other["orders"]).any()


def test_an_arm_that_changes_nothing_changes_nothing() -> None:
    """Chance is a person's own: who is in which arm does not shift anybody's luck."""
    town = settle(PEOPLE, 5, Traits(name_pull=1, stiffness=1, choose_recommended=0))
    idle = simulate(town, Policy(experiments=("named", "told", "recommender")), DAYS)
    plain = simulate(town, Policy(), DAYS)
    assert all((idle.counts[name] == plain.counts[name]).all() for name in plain.counts)
    turned = settle(PEOPLE, 5, Traits(name_pull=3, stiffness=1, choose_recommended=0))
    pulled = simulate(turned, Policy(experiments=("named",)), DAYS)
    assert (
        pulled.counts["share_orders"].sum()
        < simulate(turned, Policy(), DAYS).counts["share_orders"].sum()
    )


def test_whom_nobody_writes_is_not_tired(town: Town) -> None:
    quiet = simulate(town, Policy(touches_week=0, cards=0, share_quota=0), DAYS)
    assert quiet.counts["contacts"].sum() == quiet.counts["shares"].sum() == 0
    assert float(quiet.people.fast.max()) == 0
    assert quiet.counts["orders"].sum() > 0


def test_nobody_is_sent_more_than_his_budget(town: Town) -> None:
    free = simulate(town, Policy(touches_week=7, limit_week=None), 28).counts["contacts"].sum()
    for limit in (1, 3):
        held = simulate(town, Policy(touches_week=7, limit_week=limit), 28).counts["contacts"].sum()
        followers = int(town.born.follows.sum()) + 28 * 20
        # A bucket holds one week's budget, and four weeks fill it four times.
        assert held <= followers * (limit + 4 * limit)
        assert held < free


def test_arms_are_those_that_the_market_gives(town: Town) -> None:
    for name in ARMS:
        told = parts(name, town.ids[:500])
        assert told.tolist() == [part(name, int(person)) for person in town.ids[:500]]


def test_rare_numbers_are_even_and_unlike_each_other() -> None:
    units = np.arange(200_000)
    one, two = rare(1, 7, units, Purpose.CARD), rare(1, 8, units, Purpose.CARD)
    assert abs(float(one.mean()) - 0.5) < 0.005
    assert abs(float(np.corrcoef(one, two)[0, 1])) < 0.01
    assert abs(float(np.corrcoef(one[1:], one[:-1])[0, 1])) < 0.01
    counted, _ = np.histogram(one, 50, (0, 1))
    assert 20 < float(((counted - 4_000) ** 2 / 4_000).sum()) < 90


def test_friends_of_friends_are_friends_and_some_have_many(tmp_path: Path) -> None:
    ties = graph(PEOPLE, 3, tmp_path)
    assert 22 <= mean_degree(ties) <= 28
    assert clustering(ties, 1) >= 0.4
    assert degrees(ties).max() > 5 * np.median(degrees(ties))
    backwards = set(zip(ties.friends.tolist(), _owners(ties.starts).tolist(), strict=True))
    assert backwards == set(zip(_owners(ties.starts).tolist(), ties.friends.tolist(), strict=True))
    again = graph(PEOPLE, 3, tmp_path)
    assert all(np.array_equal(getattr(ties, name), getattr(again, name)) for name in ties._fields)
    assert (drawn(PEOPLE, 4).friends[:50] != ties.friends[:50]).any()


def _owners(starts: np.ndarray[tuple[int], np.dtype[np.int64]]) -> np.ndarray:
    return np.repeat(np.arange(len(starts) - 1), np.diff(starts))


def test_prices_are_the_markets_and_commission_has_two_hands() -> None:
    assert amounts_fen(0) == (7_400, 10_760, 6_940, 16_800)
    assert priced(np.arange(4)).tolist() == list(amounts_fen(0))
    assert all(less < full for less, full in zip(amounts_fen(30), amounts_fen(0), strict=True))
    assert sum(basket.of_hundred for basket in BASKETS) == 100
    assert commission(np.full(4, 10_000), np.array([1, 2, 3, 9])) == 500 + 200


def test_after_66_good_purchases_a_habit_is_19_twentieths() -> None:
    habit = 0.0
    for _ in range(66):
        habit += Traits().habit_gain * (1 - habit)
    assert habit == pytest.approx(0.95, abs=0.001)
