"""The compiled day is the day of NumPy, on the same numbers."""

import numpy as np
import pytest

from jishi.town.dials import dials
from jishi.town.draws import sheet
from jishi.town.living import live, rates
from jishi.town.people import copied, settle
from jishi.town.policy import ARMS, Policy
from jishi.town.simulation import simulate, today

compiled = pytest.importorskip("jishi.town.compiled")
PEOPLE, DAYS = 16_000, 60


def test_both_engines_live_the_same_days() -> None:
    town = settle(PEOPLE, 8)
    policy = Policy(touches_week=5, experiments=tuple(ARMS))
    one, two = copied(town.born), copied(town.born)
    dial, rate = dials(town, policy), rates(town.traits)
    unlike = 0
    for day in range(DAYS):
        lots, now = sheet(town.seed, day, 0, PEOPLE), today(town, day)
        plain, fast = (
            engine(some, dial, lots, rate, now)
            for engine, some in ((live, one), (compiled.live, two))
        )
        assert plain.any()
        unlike += int((plain != fast).sum())
    # The last bit of an exponential may tip a lot that lies on its edge, once in a while.
    assert unlike <= PEOPLE * DAYS // 100_000
    for name in ("tokens", "fast", "slow", "reminded"):
        alike = np.isclose(getattr(one, name), getattr(two, name), rtol=1e-4, atol=1e-5)
        assert alike.mean() > 0.9999, name


def test_a_whole_run_comes_to_the_same_with_either_engine() -> None:
    town = settle(PEOPLE, 8)
    policy = Policy(touches_week=5, limit_week=None)
    plain = simulate(town, policy, DAYS)
    fast = simulate(town, policy, DAYS, engine=compiled.live, threads=2)
    for name, counted in plain.counts.items():
        assert int(fast.counts[name].sum()) == pytest.approx(int(counted.sum()), rel=0.01), name
