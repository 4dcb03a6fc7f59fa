"""A verdict keeps to its bars: never both ways, never firmer on less knowledge."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from jishi.gauges.questions import (
    BOUNDARY,
    ECOLOGY,
    HABIT,
    MOMENTS,
    OPERATION,
    QUESTIONS,
    WEIGHT,
    Question,
)
from jishi.gauges.types import Interval
from jishi.gauges.verdicts import (
    Above,
    Below,
    Claim,
    Footing,
    Verdict,
    gates_closed,
    hangs_on,
    instruments_missing,
    judge,
    judge_on,
    people_more,
    step_down,
)

numbers = st.floats(-2, 2) | st.sampled_from([-0.3, 0.0, 0.2, 0.5, 0.9, 0.95, 1.0])
intervals = st.tuples(numbers, numbers).map(lambda two: Interval(low=min(two), high=max(two)))
questions = st.sampled_from(QUESTIONS)
SOUND = Footing(
    units=5000,
    units_min=2000,
    days=120,
    days_min=112,
    sample_ratio=0.4,
    is_placebo_quiet=True,
    age_days=3,
)


def between(low: float, high: float) -> Interval:
    return Interval(low=low, high=high)


@given(data=st.data(), question=questions)
def test_a_wider_interval_never_decides_what_a_narrower_one_left_open(
    data: st.DataObject, question: Question
) -> None:
    narrow = {name: data.draw(intervals) for name in sorted(question.claim.measures)}
    more = data.draw(st.floats(0, 3))
    wide = {name: between(i.low - more, i.high + more) for name, i in narrow.items()}
    wider, closer = judge(question.claim, wide), judge(question.claim, narrow)
    assert wider in {closer, Verdict.UNDECIDED}


@given(data=st.data(), question=questions)
def test_no_interval_passes_the_bars_of_both_sides(data: st.DataObject, question: Question) -> None:
    # Wider than nothing: a number exactly on the one bar that both sides share is on both.
    measured = {
        name: between(i.low - 1e-6, i.high + 1e-6)
        for name, i in ((n, data.draw(intervals)) for n in sorted(question.claim.measures))
    }
    swapped = Claim(holds=question.claim.refuted, refuted=question.claim.holds)
    first, second = judge(question.claim, measured), judge(swapped, measured)
    opposite = {Verdict.HOLDS: Verdict.REFUTED, Verdict.REFUTED: Verdict.HOLDS}
    assert second == opposite.get(first, first)


def test_the_three_answers_stand_at_the_bars_themselves() -> None:
    cases = [
        (between(-0.5, 0.2), Verdict.HOLDS),
        (between(-0.5, 0.2001), Verdict.UNDECIDED),
        (between(0.4999, 0.9), Verdict.UNDECIDED),
        (between(0.5, 0.9), Verdict.REFUTED),
        (between(-math.inf, math.inf), Verdict.UNDECIDED),
    ]
    for interval, verdict in cases:
        assert judge(HABIT.claim, {"persistence": interval}) is verdict


def test_one_sound_measure_of_two_does_not_refute() -> None:
    kept = {"relation_ratio": between(0.96, 1.1)}
    assert judge(BOUNDARY.claim, kept) is Verdict.UNDECIDED
    assert instruments_missing(BOUNDARY.claim, kept) == ("conversion_ratio",)
    sold = kept | {"conversion_ratio": between(1.3, 2)}
    assert judge(BOUNDARY.claim, sold) is Verdict.REFUTED
    assert judge(BOUNDARY.claim, kept | {"conversion_ratio": between(0.7, 0.99)}) is Verdict.HOLDS
    assert judge(BOUNDARY.claim, {}) is Verdict.NOT_MEASURED


def test_a_small_circle_is_held_against_sharing_only_if_it_also_does_not_grow() -> None:
    small = {"decay": between(-0.2, -0.15), "reproduction": between(0.01, 0.05)}
    assert judge(MOMENTS.claim, small | {"breakout": between(0.1, 0.3)}) is Verdict.UNDECIDED
    assert judge(MOMENTS.claim, small | {"breakout": between(0.01, 0.04)}) is Verdict.HOLDS


def test_one_unexplained_difference_is_one_too_many() -> None:
    sound = {"perfect_order": between(0.96, 0.98), "settled_on_time": between(0.991, 0.999)}
    none, one = between(0, 0), between(1, 1)
    assert judge(OPERATION.claim, sound | {"unexplained_differences": none}) is Verdict.REFUTED
    assert judge(OPERATION.claim, sound | {"unexplained_differences": one}) is Verdict.HOLDS
    assert judge(OPERATION.claim, sound) is Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("broken", "gate"),
    [
        ({"sample_ratio": 0.001}, "uneven_arms"),
        ({"units": 1999}, "too_few"),
        ({"days": 111}, "too_short"),
        ({"is_placebo_quiet": False}, "loud_placebo"),
        ({"age_days": 90}, "too_old"),
    ],
)
def test_each_gate_closes_by_itself(broken: dict[str, float], gate: str) -> None:
    assert gates_closed(SOUND) == ()
    fields = {name: getattr(SOUND, name) for name in SOUND.__struct_fields__}
    footing = Footing(**(fields | broken))
    assert gates_closed(footing) == (gate,)
    sure = {"persistence": between(0.8, 0.9)}
    assert judge_on(SOUND, HABIT.claim, sure) is Verdict.REFUTED
    assert judge_on(footing, HABIT.claim, sure) is Verdict.NOT_MEASURED


def test_the_price_of_knowing_is_paid_in_people_and_may_be_too_high() -> None:
    # Twice as narrow needs four times the people: three thousand more than the thousand.
    assert people_more(between(0.0, 0.5), Below("persistence", 0.375), 1000) == 3000
    assert people_more(between(0.5, 1.0), Above("persistence", 0.5), 1000) == 0
    assert people_more(between(0.2, 0.5), Below("persistence", 0.2), 1000) is None


def test_it_is_said_what_a_verdict_hangs_on() -> None:
    def hanging(question: Question, **measured: Interval) -> tuple[str, ...]:
        verdict = judge_on(SOUND, question.claim, measured)
        return hangs_on(verdict, SOUND, question.claim, measured)

    fast, found = between(0.7, 0.8), between(0.07, 0.08)
    sound = {"latency_p95_seconds": fast, "zero_result_share": found}
    paid, unclear = between(0.96, 0.97), between(-0.1, 0.2)
    # One promise broken is enough, and it is that one; all kept takes them all.
    assert hanging(WEIGHT, **sound | {"zero_result_share": between(0.2, 0.3)}) == (
        "zero_result_share",
    )
    every = sound | {"payment_success": paid, "recommender_lift": unclear}
    assert hanging(WEIGHT, **every) == ("recommender_lift",)
    all_kept = every | {"recommender_lift": between(0.1, 0.2)}
    assert hanging(WEIGHT, **all_kept) == tuple(every)
    # What nobody measures stands in the way by having no instrument, not by its number.
    assert hanging(WEIGHT, **sound) == hanging(HABIT) == ()
    few = replace(SOUND, unripe={"latency_p95_seconds": 2.0})
    assert hangs_on(Verdict.UNDECIDED, few, WEIGHT.claim, every)[0] == "latency_p95_seconds"


def test_followers_who_leave_are_not_outweighed_by_those_who_stay_busy() -> None:
    flat, few, many = between(-0.002, 0.001), between(0.01, 0.03), between(0.06, 0.09)
    assert judge(ECOLOGY.claim, {"slope": flat, "survival_loss": few}) is Verdict.REFUTED
    assert judge(ECOLOGY.claim, {"slope": flat, "survival_loss": many}) is Verdict.HOLDS


def test_what_is_decided_leaves_its_error_to_the_rest() -> None:
    def needing(alpha: float, verdict: Verdict) -> Callable[[float], Verdict]:
        return lambda share: verdict if share >= alpha else Verdict.UNDECIDED

    questions = {
        1: needing(0.03, Verdict.REFUTED),
        2: needing(0.04, Verdict.HOLDS),
        3: needing(0.2, Verdict.HOLDS),
    }
    # A tenth over three is enough for the first, over two for the second; all is not for the third.
    told = step_down(questions, 0.1)
    assert told == {1: Verdict.REFUTED, 2: Verdict.HOLDS, 3: Verdict.UNDECIDED}
    assert step_down(questions, 0.05) == dict.fromkeys(questions, Verdict.UNDECIDED)
