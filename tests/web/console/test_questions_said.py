"""The words of an answer: its verdict, its number in its unit, what it would cost to know."""

import re

import pytest
from msgspec.structs import replace

from jishi import objections
from jishi.objections import OBJECTIONS, Measure
from jishi.pages.words import Words
from jishi.web.console.questions import words as lists
from jishi.web.console.questions.drawn import against_bars
from jishi.web.console.questions.said import (
    headline_of,
    minus,
    plain,
    price,
    sayer,
    spoken,
    tone,
)
from tests.objections.scene import HABIT, of_question

CHINESE, ENGLISH = Words("zh-CN"), Words("en")


def test_only_what_is_sound_is_coloured() -> None:
    sound = replace(HABIT, verdict="refuted")
    assert tone(sound) == "refuted"
    assert tone(replace(sound, design="last_touch")) == "undecided"
    assert tone(replace(sound, closed=("uneven_arms",))) == "undecided"
    assert tone(of_question("media")) == "not_measured"


def test_what_it_would_cost_to_know_is_said() -> None:
    assert price(HABIT, ENGLISH) == (
        "The price of knowing: 900 more units, about 45 days at this pace."
    )
    assert "As the numbers stand" in price(replace(HABIT, units_more=0, days_more=0), ENGLISH)
    boundless = tuple(replace(each, high=None) for each in HABIT.measures)
    endless = replace(HABIT, units_more=0, days_more=0, measures=boundless)
    assert "has no end yet" in price(endless, ENGLISH)
    assert price(replace(HABIT, verdict="holds"), ENGLISH) == ""
    early = replace(HABIT, verdict="not_measured", units_more=0, days_more=7)
    assert price(early, ENGLISH) == "The price of knowing: 7 more days."
    few = replace(early, units_more=9, days_more=0)
    assert price(few, ENGLISH) == "The price of knowing: 9 more units."


def test_a_closed_gate_is_named_not_an_instrument() -> None:
    short = replace(HABIT, verdict="not_measured", closed=("too_few", "too_short"), units=12)
    said = spoken(short, ENGLISH)
    assert said.missing == ""
    assert said.action == OBJECTIONS["habit"].actions["undecided"].en
    assert said.gates == ("Too few units (12 / 2,000)", "Too few days (120 / 112)")
    assert spoken(of_question("media"), ENGLISH).missing == OBJECTIONS["media"].instrument.en


def test_what_is_left_out_and_what_nobody_counts_yet_are_named() -> None:
    weight = replace(
        HABIT, question="weight", design="counts", missing=("recommender_lift",),
        unripe=("payment_success", "zero_result_share"),
    )  # fmt: skip
    said = spoken(weight, ENGLISH)
    assert said.gates == ("Too few to count yet: Payments that succeed, Searches without a result",)
    assert said.missing == OBJECTIONS["weight"].instrument.en
    assert spoken(replace(weight, verdict="holds"), ENGLISH).missing == ""
    assert spoken(replace(weight, closed=("too_few",)), ENGLISH).gates == (
        "Too few units (2,398 / 2,000)",
    )


def test_the_number_that_is_shown_is_that_on_which_the_verdict_hangs() -> None:
    fast = Measure("latency_p95_seconds", 0.8, 0.79, 0.81, "seconds", 1, 1)
    lift = Measure("recommender_lift", 0.03, -0.1, 0.2, "share", 0, 0)
    answer = replace(HABIT, question="weight", measures=(fast, lift))
    assert headline_of(answer) == fast
    assert headline_of(replace(answer, hangs_on=("recommender_lift",))) == lift
    assert headline_of(replace(answer, hangs_on=("recommender_lift", fast.name))) == fast
    assert headline_of(replace(answer, measures=(lift,))) == lift
    assert headline_of(replace(answer, measures=())) is None


@pytest.mark.parametrize(
    ("unit", "value", "said"),
    [
        ("share", 0.12345, "12.3 %"), ("per_contact", -0.021, "−2.1 %"),
        ("fen", -271_881, "−¥2,718.81"),
        ("seconds", 0.8106, "0.81 s"), ("count", 0.0, "0"), ("ratio", 0.4321, "0.432"),
        ("ratio", 0.0, "0"), ("ratio", 123_456.0, "123,456"), ("share", -0.00001, "0 %"),
    ],
)  # fmt: skip
def test_a_number_is_said_in_its_unit(unit: str, value: float, said: str) -> None:
    assert sayer(unit, ENGLISH)(value) == said


def test_small_things_of_numbers() -> None:
    assert plain(12.345) == "12.3"
    assert minus("-3") == "−3"


def test_an_arm_is_called_by_what_it_is_in_its_question() -> None:
    assert lists.arm_said("conversion", "none", ENGLISH) == "No discount"
    assert lists.arm_said("ecology", "none", ENGLISH) == "No limit"
    assert lists.arm_said("ecology", "a new arm", ENGLISH) == "a new arm"


def test_a_number_without_a_bound_is_drawn_and_said() -> None:
    endless = replace(HABIT.measures[0], low=None, high=None)
    assert "−∞ … ∞" in against_bars(HABIT, endless, CHINESE, "x")


def test_everything_that_the_gauges_say_has_words() -> None:
    for said in (lists.verdicts_said, lists.gates_said, lists.designs_said, lists.acts_said):
        known = said(ENGLISH)
        assert not any(re.search("[\u4e00-\u9fff]", each) for each in known.values())
    acts = {each.__name__ for objection in OBJECTIONS.values() for each in objection.acts}
    assert acts == set(lists.acts_said(ENGLISH))
    assert set(lists.troubles_said(ENGLISH)) == set(objections.rules.TROUBLES)
