"""Eight questions are put to towns whose truth is known; the answers must find it.

The suite asks each of the 24 towns once; `make soak` a hundred times: right in ninety at least,
and hardly ever the opposite of what is true.
"""

import os

import pytest
from msgspec.structs import replace

from jishi.objections.types import Answer
from jishi.town.counterfactuals import slope, worlds
from jishi.town.people import settle
from jishi.town.truths import OPPOSITE, TRUTHS, Truth, found

IS_SOAK = os.environ.get("JISHI_SOAK") == "1"
SEEDS = range(1, 101) if IS_SOAK else range(1, 2)
RIGHT_OF_100, OPPOSITE_OF_100 = 90, 1


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: f"{truth.question}-{truth.kind}")
def test_what_was_planted_is_found(truth: Truth) -> None:
    answers = {seed: found(truth, seed) for seed in SEEDS}
    wrong = {seed: told(answer) for seed, answer in answers.items() if not is_right(truth, answer)}
    opposite = [seed for seed, answer in answers.items() if answer.verdict == OPPOSITE[truth.kind]]
    assert len(wrong) * 100 <= len(SEEDS) * (100 - RIGHT_OF_100), wrong
    assert len(opposite) * 100 <= len(SEEDS) * OPPOSITE_OF_100, {at: wrong[at] for at in opposite}


def is_right(truth: Truth, answer: Answer) -> bool:
    return answer.verdict == truth.verdict


def told(answer: Answer) -> str:
    """Say what was found, with its seed before it, so that it can be found again."""
    numbers = [f"{one.name} {one.value:.4f} [{one.low}, {one.high}]" for one in answer.measures]
    return f"{answer.verdict} {answer.closed}: {', '.join(numbers)}"


def test_the_ladder_measures_what_two_worlds_differ_by() -> None:
    """The slope of an experiment is that of a town lived twice, without and with little limit."""
    truth = next(one for one in TRUTHS if (one.question, one.kind) == ("ecology", "harm"))
    town = settle(truth.people, 3, truth.traits)
    plain = replace(truth.policy, experiments=())
    days = truth.days - truth.policy.schedule.start
    pair = worlds(town, replace(plain, limit_week=None), replace(plain, limit_week=1.0), days)
    measured = next(one for one in found(truth, 3).measures if one.name == "slope")
    assert measured.low is not None
    assert measured.high is not None
    # The month before the start tired both arms alike; a little of that is left at the end.
    assert measured.low - 0.02 <= slope(pair, 0) <= measured.high + 0.02
