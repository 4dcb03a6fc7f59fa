"""What is said of the eight: whole in both languages, and about what is really measured."""

import pytest

from jishi.gauges.questions import QUESTIONS, Question
from jishi.gauges.terms import Terms
from jishi.gauges.vocabulary import EXPERIMENTS
from jishi.objections import OBJECTIONS, Objection
from jishi.objections.answering import answer_all
from jishi.objections.taking import TAKING
from tests.gauges.lakes import Pond

VERDICTS = {"holds", "refuted", "undecided", "not_measured"}


def test_the_eight_are_the_eight() -> None:
    names = [question.name for question in QUESTIONS]
    assert list(OBJECTIONS) == list(TAKING) == names


@pytest.mark.parametrize("objection", OBJECTIONS.values(), ids=OBJECTIONS)
def test_everything_is_said_in_both_languages(objection: Objection) -> None:
    texts = [
        objection.title, objection.sentence, objection.how, objection.formula,
        objection.instrument, *objection.measures.values(), *objection.actions.values(),
    ]  # fmt: skip
    for text in texts:
        assert text.zh
        assert text.en
        assert not any("一" <= letter <= "鿿" for letter in text.en), text.en
    assert objection.actions.keys() == VERDICTS
    assert objection.acts


@pytest.mark.parametrize("question", QUESTIONS, ids=[each.name for each in QUESTIONS])
def test_every_bar_is_explained(question: Question) -> None:
    assert question.claim.measures <= OBJECTIONS[question.name].measures.keys()


def test_an_empty_lake_measures_nothing_and_says_what_is_missing() -> None:
    answers = answer_all(Pond().lake(), Terms(), 20_000, is_simulated=False)
    assert [answer.verdict for answer in answers] == ["not_measured"] * 8
    assert all(answer.missing and answer.closed for answer in answers)
    assert answers[0].as_of == "2024-10-04"


def test_every_design_is_an_experiment_or_says_it_is_none() -> None:
    answers = answer_all(Pond().lake(), Terms(), 20_000, is_simulated=True)
    known = {experiment.name for experiment in EXPERIMENTS} | {"sharers", "counts"}
    assert {answer.design for answer in answers} <= known
    assert all(answer.is_simulated for answer in answers)
