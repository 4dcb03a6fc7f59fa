"""Sums keep what people did when the people are gone: they add up, in whatever order they came."""

import math
import random
from types import ModuleType

import pytest

from jishi.gauges import boundary, conversion, ecology, habit, media, moments, operation, weight
from jishi.gauges.lake import Lake
from jishi.gauges.spreads import Spread, measures_of, spreads
from jishi.gauges.terms import Terms
from jishi.gauges.types import Moments
from jishi.gauges.vocabulary import ENTRIES, EXPERIMENTS
from tests.gauges.lakes import Pond

TERMS = Terms(current_arm="none", low_arm="1")
NEWEST, START, PEOPLE = 250, 100, 48
DONE = (
    "follow", "unfollow", "article.open", "article.progress", "article.share", "order.pay",
    "order.refund", "share.open", "share.create", "reject", "pay.start", "search.query",
)  # fmt: skip
WITH_UNITS = (habit, media, conversion, boundary, ecology, weight)


def lived(seed: int, *, first: int = 1, people: int = PEOPLE) -> Pond:
    """Give some people who are in every experiment and do anything on any day."""
    luck, pond = random.Random(seed), Pond()
    for person in range(first, first + people):
        for experiment in EXPERIMENTS:
            arm, start = experiment.arms[person % len(experiment.arms)], START + person % 8
            for moment in experiment.moments:
                later = start if moment == "start" else start + 30
                pond.assigned(experiment.name, arm, person, later, moment)
        for _ in range(60):
            pond.seen(
                luck.choice(DONE), person, luck.randint(START - 40, NEWEST), value=100.0,
                amount_fen=luck.randint(0, 99) * 100, entry=luck.choice(ENTRIES),
                actor_id=luck.choice((0, 7)), share_id=luck.choice((0, 3)),
                object_id=luck.randint(1, 500), source=luck.choice(("poster", "friend")),
                quantity=luck.randint(0, 3),
            )  # fmt: skip
        for _ in range(20):
            pond.sent(person, luck.randint(START - 40, NEWEST))
    return pond


def spread_of(gauge: ModuleType, lake: Lake) -> dict[str, Spread]:
    units = gauge.expression(lake, TERMS, NEWEST)
    return spreads(units, measures_of(units))


def named(gauge: ModuleType) -> str:
    return gauge.__name__.rpartition(".")[2]


@pytest.mark.parametrize("gauge", WITH_UNITS, ids=named)
@pytest.mark.parametrize("seed", [1, 2])
def test_two_lakes_add_up_to_the_lake_of_all_their_people(gauge: ModuleType, seed: int) -> None:
    some, others = lived(seed), lived(seed + 100, first=PEOPLE + 1)
    both = Pond()
    for name, rows in both.rows.items():
        rows.extend(some.rows[name] + others.rows[name])
    one, other, all_ = (spread_of(gauge, pond.lake()) for pond in (some, others, both))
    assert all_.keys() == one.keys() == other.keys()
    for arm, whole in all_.items():
        added = one[arm] + other[arm]
        assert added.units == whole.units > 0
        assert added.totals == pytest.approx(whole.totals)
        assert added.products == pytest.approx(whole.products)
        assert added.weeks == whole.weeks
    assert any(any(each.totals.values()) for each in all_.values()), "nobody did anything"


@pytest.mark.parametrize("gauge", [*WITH_UNITS, moments, operation], ids=named)
def test_rows_may_come_in_any_order(gauge: ModuleType) -> None:
    pond = lived(3)
    before = gauge.measured(gauge.gather(pond.lake(), TERMS, NEWEST), 0.9, TERMS)
    for rows in pond.rows.values():
        random.Random(4).shuffle(rows)
    after = gauge.measured(gauge.gather(pond.lake(), TERMS, NEWEST), 0.9, TERMS)
    assert before.keys() == after.keys()
    for name, reading in before.items():
        assert after[name].value == pytest.approx(reading.value), name
        assert after[name].interval.low == pytest.approx(reading.interval.low), name


def test_what_was_not_measured_of_the_forgotten_is_as_of_the_others() -> None:
    week = {-1: Moments(2, 3.0, 5.0)}
    now = Spread(
        4, {"after": 8.0, "before": 2.0}, {"after*after": 20.0, "before*before": 3.0}, week
    )
    old = Spread(2, {"after": 1.0}, {"after*after": 1.0})
    both = now + old
    assert both.moments("after") == Moments(6, 9.0, 21.0)
    assert both.moments("before").mean == now.moments("before").mean
    assert both.moments("before").squares == 3.0 * 6 / 4
    assert both.weeks == week
    assert old.moments("before") == Moments(2, 0.0, 0.0)


def test_who_came_lately_counts_for_the_weeks_he_was_here() -> None:
    pond = Pond()
    for unit in range(1, 9):
        arm = "none" if unit % 2 else "1"
        pond.assigned("ladder", arm, unit, 100 if unit < 5 else 200)
        pond.seen("article.open", unit, 215)
        pond.sent(unit, 201)
    pond.seen("unfollow", 1, 160)
    pond.seen("unfollow", 7, 210)
    lake = pond.lake()
    # On average they were seen for 80 days, so eleven weeks are looked at: of four who were here
    # one left in the second week, of the two who were seen so long one in the ninth.
    sums = ecology.gather(lake, TERMS, newest=229)
    rung = sums.arms["none"]
    assert (rung.units, sorted(rung.weeks)) == (4, list(range(11)))
    assert (rung.weeks[1], rung.weeks[8]) == (Moments(4, 1, 1), Moments(2, 1, 1))
    assert (rung.weeks[3].units, rung.weeks[4].units) == (3, 2)
    stayed = ecology.staying(rung, range(11))
    assert stayed.value == pytest.approx(3 / 4 * 1 / 2)
    # Greenwood: the share times the root of the sum of left / here / who stayed.
    assert stayed.error == pytest.approx(3 / 8 * math.sqrt(1 / 4 / 3 + 1 / 2 / 1))
    loss = ecology.measured(sums, 0.95, TERMS)["survival_loss"]
    assert loss.value == pytest.approx(1 - 3 / 8)
    # A day earlier the late have not been here for a month: nothing is said of them.
    assert ecology.gather(lake, TERMS, newest=228).arms["none"].units == 2


def test_reminders_that_never_ran_are_no_experiment() -> None:
    pond = Pond()
    for unit, stop in ((1, 100), (2, 101)):
        pond.assigned("prompts", "prompted", unit, 100)
        pond.assigned("prompts", "prompted", unit, stop, "withdrawn")
    assert habit.gather(pond.lake(), TERMS, newest=250).arms["prompted"].units == 1


def test_neither_experiment_with_friends_may_be_uneven() -> None:
    pond = Pond()
    for unit in range(1, 101):
        pond.assigned("told", "told" if unit % 2 else "private", unit, 100)
        pond.assigned("named", "named" if unit % 4 else "unnamed", unit, 100)
        pond.seen("order.pay", unit, 110, actor_id=7, entry="share_friend")
    pond.seen("page.view", 0, 200)
    sums = boundary.gather(pond.lake(), TERMS, newest=200)
    assert boundary.footing(sums, 1).sample_ratio < 0.001
    for row in pond.rows["exposures"]:
        if row["experiment"] == "named":
            row["propensity"] = 0.75 if row["arm"] == "named" else 0.25
    planned = boundary.gather(pond.lake(), TERMS, newest=200)
    assert boundary.footing(planned, 1).sample_ratio == 1.0
    assert boundary.footing(planned, 1).days == 101


@pytest.mark.parametrize("opened", [(), (0,), (9,)], ids=["never", "first", "last"])
def test_shares_that_hardly_anybody_opens_break_nothing(opened: tuple[int, ...]) -> None:
    pond = Pond()
    for sharer in (1, 2, 3):
        for number in range(10):
            pond.seen("share.create", sharer, 100 + number, share_id=sharer * 100 + number)
        for number in opened:
            for friend in range(5):
                share = sharer * 100 + number
                pond.seen("share.open", 500 + friend, 100 + number, share_id=share)
    found = moments.measured(moments.gather(pond.lake(), TERMS, newest=130), 0.95, TERMS)
    assert ("decay" in found) == bool(opened)
    if opened:
        # All at one end: a slope as steep as can be told, on the side it is.
        assert (found["decay"].value > 10) == (opened == (9,))
        assert (found["decay"].value < -10) == (opened == (0,))
