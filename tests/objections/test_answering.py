"""What may be said of a question today: gates, the error shared, looks every day, the price."""

import math
from collections.abc import Callable, Mapping

import pytest
from msgspec.structs import asdict
from scipy.stats import norm

from jishi.gauges.questions import CONVERSION, HABIT, MEDIA, OPERATION, WEIGHT, Question
from jishi.gauges.sequences import widening
from jishi.gauges.terms import Terms
from jishi.gauges.types import Interval, Reading
from jishi.gauges.verdicts import Footing, Verdict
from jishi.objections.answering import ERROR, Judged, answer_all, answer_one, days_more
from jishi.objections.taking import TAKING, Taken
from jishi.objections.types import Answer, Plot
from tests.gauges.lakes import Pond

TERMS = Terms(margin_percent=50)
START, DAYS = 100, 120
NEWEST = START + DAYS - 1
Measured = Callable[[float], Mapping[str, Reading]]


def scanned(deep: int, none: int, *, paid_fen: int, pond: Pond | None = None) -> Pond:
    """Give a lake of a poster: the rewarded cost 300 fen and all follow, of the others each third.

    Of five who follow four buy once, for a little more or less.
    """
    pond = pond or Pond()
    for unit in range(1, deep + none + 1):
        is_deep = unit <= deep
        pond.assigned("depth", "deep" if is_deep else "none", unit, START)
        if is_deep or unit % 3 == 0:
            pond.seen("follow", unit, START, amount_fen=300 if is_deep else 0, source="poster")
            if unit % 5:
                pond.seen("order.pay", unit, START + 20, amount_fen=paid_fen + 10 * (unit % 7))
    pond.seen("page.view", 0, NEWEST)
    return pond


def asked(pond: Pond, today: int = NEWEST + 1, *, is_simulated: bool = False) -> Answer:
    return answer_one("conversion", pond.lake(), TERMS, today, is_simulated=is_simulated)


def taken(
    question: Question, measured: Measured, **footing: float | bool | Mapping[str, float]
) -> Taken:
    """Give a question with numbers of its own, on a footing that is sound unless said otherwise."""
    sound = Footing(
        units=question.units_min, units_min=question.units_min, days=question.days_min,
        days_min=question.days_min, sample_ratio=0.5, is_placebo_quiet=True, age_days=1,
    )  # fmt: skip
    return Taken(
        question=question, design="", measured=measured, footing=Footing(**asdict(sound) | footing),
        arms=(), plot=Plot("bars", "", "", (), ()), sql="",
    )  # fmt: skip


def read(name: str, low: float, high: float) -> Measured:
    """Measure always the same."""
    return lambda _: {name: Reading((low + high) / 2, Interval(low, high))}


@pytest.mark.parametrize(
    ("paid_fen", "verdict"), [(10_000, "refuted"), (100, "holds"), (1_200, "undecided")]
)
def test_what_followers_bring_decides(paid_fen: int, verdict: str) -> None:
    answer = asked(scanned(300, 300, paid_fen=paid_fen))
    assert (answer.verdict, answer.closed, answer.missing) == (verdict, (), ())
    assert [(arm.name, arm.units) for arm in answer.arms if arm.name != "poster"] == [
        ("deep", 300), ("none", 300),
    ]  # fmt: skip
    assert (answer.units_more > 0) == (verdict == "undecided")


@pytest.mark.parametrize(
    ("arms", "today", "closed"),
    [
        ((300, 300), NEWEST + 89, ()),
        ((300, 300), NEWEST + 90, ("too_old",)),
        ((200, 200), NEWEST + 1, ()),
        ((199, 199), NEWEST + 1, ("too_few",)),
        ((300, 220), NEWEST + 1, ("uneven_arms",)),
    ],
)
def test_a_gate_that_is_closed_forbids_what_is_plain(
    arms: tuple[int, int], today: int, closed: tuple[str, ...]
) -> None:
    answer = asked(scanned(*arms, paid_fen=10_000), today)
    assert answer.closed == closed
    assert answer.verdict == ("not_measured" if closed else "refuted")


def test_three_months_are_the_least_and_latecomers_do_not_shorten_them() -> None:
    pond = scanned(300, 300, paid_fen=10_000)
    assert asked(pond).days == DAYS
    # As many again, two months later: the average scanner was seen for three months.
    for unit in range(1_001, 1_601):
        pond.assigned("depth", "deep" if unit % 2 else "none", unit, START + 60)
    late = asked(pond)
    assert (late.days, late.closed, late.verdict) == (90, (), "refuted")
    assert [arm.units for arm in late.arms if arm.name != "poster"] == [300, 300]
    pond.assigned("depth", "deep", 1_701, NEWEST)
    assert asked(pond).closed == ("too_short",)


def test_arms_are_held_against_their_plan_not_against_each_other() -> None:
    pond = scanned(250, 750, paid_fen=10_000)
    assert asked(pond).closed == ("uneven_arms",)
    for row in pond.rows["exposures"]:
        row["propensity"] = 0.25 if row["arm"] == "deep" else 0.75
    planned = asked(pond)
    assert (planned.closed, planned.sample_ratio) == ((), 1.0)
    assert planned.verdict == "refuted"


def test_arms_that_differed_before_are_no_experiment() -> None:
    pond = Pond()
    for unit in range(1, 401):
        arm = "prompted" if unit % 2 else "quiet"
        pond.assigned("prompts", arm, unit, 100)
        pond.assigned("prompts", arm, unit, 110, "withdrawn")
        if unit // 2 % 3 == 0:
            pond.seen("order.pay", unit, 90)
    pond.seen("page.view", 0, 230)
    answer = answer_one("habit", pond.lake(), TERMS, 231, is_simulated=False)
    assert answer.closed == ("too_few",)
    for unit in range(1, 401, 4):  # every second of the reminded bought once more before
        pond.seen("order.pay", unit, 91)
    loud = answer_one("habit", pond.lake(), TERMS, 231, is_simulated=False)
    assert loud.closed == ("too_few", "loud_placebo")


def test_a_town_never_judges_a_market() -> None:
    pond = scanned(300, 300, paid_fen=10_000)
    for rows in pond.rows.values():
        for row in rows:
            row["is_simulated"] = True
    assert asked(pond).verdict == "not_measured"
    assert asked(pond).units == 0
    town = asked(pond, is_simulated=True)
    assert (town.verdict, town.is_simulated) == ("refuted", True)
    # What a town says is not moved by what the market did.
    scanned(300, 300, paid_fen=100, pond=pond)
    assert asked(pond, is_simulated=True).measures == town.measures


def test_all_eight_are_answered_and_one_lacks_nothing() -> None:
    lake = scanned(300, 300, paid_fen=10_000).lake()
    answers = answer_all(lake, TERMS, NEWEST + 1, is_simulated=False)
    told = {answer.question: answer.verdict for answer in answers}
    assert list(told) == list(TAKING)
    assert told.pop("conversion") == "refuted"
    assert set(told.values()) == {"not_measured"}
    assert {answer.question for answer in answers if not answer.missing} == {"conversion"}
    # Seven that cannot be judged leave it their error: it is known more narrowly than alone.
    alone = asked(scanned(300, 300, paid_fen=10_000)).measures[0]
    assert alone.value == answers[2].measures[0].value


@pytest.mark.parametrize(
    ("question", "ways"), [(HABIT, 1), (MEDIA, 2), (WEIGHT, 4)], ids=["habit", "media", "weight"]
)
def test_the_error_is_shared_among_the_ways_to_be_wrong(question: Question, ways: int) -> None:
    levels: list[float] = []

    def measured(level: float) -> Mapping[str, Reading]:
        levels.append(level)
        return {}

    Judged(taken(question, measured)).judge(ERROR)
    units = question.units_min
    assert levels == [1 - 2 * float(norm.sf(widening(units, units, ERROR / ways)))]
    # Looked at daily it must reach further than looked at once.
    assert levels[0] > 1 - ERROR / ways


def test_an_interval_is_never_wider_than_at_the_first_look_that_counts() -> None:
    levels: list[float] = []

    def measured(level: float) -> Mapping[str, Reading]:
        levels.append(level)
        return {}

    for units in (10, 200, 20_000):
        Judged(taken(CONVERSION, measured, units=units)).judge(ERROR)
    few, least, many = levels
    assert few == least
    assert many > least


def test_the_price_of_knowing_is_said_in_units_and_days() -> None:
    # At 10 in [-10, 30] nought is out of reach until it is half as wide: four times the people.
    judged = Judged(taken(CONVERSION, read("margin_after_cost", -10, 30), units=300, days=90))
    verdict = judged.judge(ERROR)
    assert verdict is Verdict.UNDECIDED
    answer = judged.answer(verdict, NEWEST, is_simulated=False)
    assert (answer.units_more, answer.days_more) == (900, 270)


def test_what_would_take_a_hundred_times_the_people_is_no_price() -> None:
    # A tenth as wide is a hundred times the people, 99 more for each: still a price.
    for middle, more in ((10.0, 99 * 300), (9.0, 0)):
        numbers = read("margin_after_cost", middle - 100, middle + 100)
        judged = Judged(taken(CONVERSION, numbers, units=300))
        assert judged.units_more(judged.judge(ERROR)) == more


def test_the_cheaper_of_two_ways_is_its_price() -> None:
    wide = {
        "content_value_ratio": Reading(0.8, Interval(0.6, 1.0)),
        "net_value": Reading(-5.0, Interval(-9, -1)),
    }
    judged = Judged(taken(MEDIA, lambda _: wide, units=4_000))
    # Below .9 by halving the reach; it will not be refuted, and of learning nothing is known.
    assert judged.units_more(judged.judge(ERROR)) == pytest.approx(12_000, abs=1)


def test_a_number_of_its_own_least_is_waited_for() -> None:
    # Soon enough sure, but of searches there is a quarter of what is needed.
    numbers = {"zero_result_share": Reading(0.3, Interval(0.2, 0.4))}
    judged = Judged(
        taken(WEIGHT, lambda _: numbers, units=2_000, unripe={"zero_result_share": 4.0})
    )
    answer = judged.answer(judged.judge(ERROR), NEWEST, is_simulated=False)
    # No other number is there: nothing is measured until then.
    assert (answer.verdict, answer.unripe) == ("not_measured", ("zero_result_share",))
    both = numbers | {"payment_success": Reading(0.96, Interval(0.94, 0.98))}
    judged = Judged(taken(WEIGHT, lambda _: both, units=2_000, unripe={"zero_result_share": 4.0}))
    answer = judged.answer(judged.judge(ERROR), NEWEST, is_simulated=False)
    assert (answer.verdict, answer.units_more) == ("undecided", 6_000)
    assert answer.hangs_on == ("zero_result_share", "payment_success")
    ripe = Judged(taken(WEIGHT, lambda _: both, units=2_000))
    assert ripe.judge(ERROR) is Verdict.HOLDS


def test_more_people_do_not_help_between_the_bars() -> None:
    judged = Judged(taken(HABIT, read("persistence", 0.1, 0.6)))
    answer = judged.answer(judged.judge(ERROR), NEWEST, is_simulated=False)
    assert (answer.verdict, answer.units_more, answer.days_more) == ("undecided", 0, 0)


def test_what_is_decided_costs_nothing_more_and_what_lacks_people_says_how_many() -> None:
    sure = read("persistence", 0.6, 0.8)
    judged = Judged(taken(HABIT, sure))
    assert judged.units_more(judged.judge(ERROR)) == 0
    few = Judged(taken(HABIT, sure, units=500, days=56))
    answer = few.answer(few.judge(ERROR), NEWEST, is_simulated=False)
    assert (answer.verdict, answer.closed) == ("not_measured", ("too_few", "too_short"))
    # Fifteen hundred more at 500 in eight weeks are half a year; the eight weeks go on meanwhile.
    assert (answer.units_more, answer.days_more) == (1_500, 168)


def test_days_are_waited_for_even_without_people() -> None:
    assert days_more(0, 0, 10, 90) == 80
    assert days_more(0, 500, 100, 90) == 0


def test_an_end_without_bound_is_none_and_bars_stand_beside() -> None:
    endless = {"persistence": Reading(0.4, Interval(-math.inf, math.inf))}
    measure = Judged(taken(HABIT, lambda _: endless))
    verdict = measure.judge(ERROR)
    told = measure.answer(verdict, NEWEST, is_simulated=False).measures[0]
    assert (told.low, told.high, told.holds_at, told.refuted_at) == (None, None, 0.2, 0.5)


def test_one_difference_nobody_explains_holds_at_any_level() -> None:
    judged = Judged(taken(OPERATION, read("unexplained_differences", 1, 1)))
    assert judged.judge(1e-9) is Verdict.HOLDS
