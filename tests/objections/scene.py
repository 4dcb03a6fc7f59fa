"""Answers as a lake would give them, one of each verdict among the eight."""

from typing import Any
from uuid import uuid4

from msgspec.structs import replace

from jishi import objections
from jishi.kernel import MARKET
from jishi.objections.rules import QUESTIONS

PLOT = objections.Plot(
    "bars", "arm", "orders_a_week",
    (
        objections.Series("prompted", (objections.Point(0, 0.31, 0.28, 0.34),)),
        objections.Series("quiet", (objections.Point(0, 0.22, 0.2, 0.24),)),
    ),
    (),
)  # fmt: skip
WEAR = objections.Plot(
    "line", "share_number", "opens",
    (
        objections.Series(
            "opens",
            tuple(objections.Point(n, 9 / n, 8 / n, 10 / n) for n in range(1, 9)),
        ),
    ),
    (),
)  # fmt: skip
MEASURE = objections.Measure("persistence", 0.43, 0.31, 0.55, "ratio", 0.2, 0.5)
ARMS = (
    objections.Arm("prompted", 2_412, {"during": 0.35, "after": 0.31}),
    objections.Arm("quiet", 2_398, {"during": 0.21, "after": 0.22}),
)
HABIT = objections.Answer(
    question="habit", as_of="2026-11-20", is_simulated=False, verdict="undecided",
    measures=(MEASURE,), arms=ARMS, sample_ratio=0.84, closed=(), missing=(), units=2_398,
    units_min=2_000, days=120, days_min=112, units_more=900, days_more=45, design="prompts",
    plot=PLOT, sql="SELECT person_id FROM events",
)  # fmt: skip


def of_question(question: str, **change: Any) -> objections.Answer:
    """Give an answer to another question, which is not measured."""
    unknown: dict[str, Any] = {
        "question": question, "verdict": "not_measured", "measures": (), "arms": (),
        "closed": ("too_few",), "units": 0, "units_more": 2_000, "days": 0,
        "plot": objections.Plot("bars", "arm", "orders_a_week", (), ()),
    }  # fmt: skip
    return replace(HABIT, **(unknown | change))


SLOPE = objections.Measure("slope", -0.021, -0.028, -0.014, "per_contact", -0.01, -0.003)
DECAY = objections.Measure("decay", -0.05, -0.08, -0.02, "ratio", -0.3, -0.1)


def eight(**change: Any) -> tuple[objections.Answer, ...]:
    """Give eight answers, one of each verdict among them."""
    found = {
        "habit": HABIT,
        "ecology": of_question(
            "ecology", verdict="holds", measures=(SLOPE,), closed=(), design="ladder"
        ),
        "moments": of_question(
            "moments", verdict="refuted", measures=(DECAY,), closed=(), design="sharers", plot=WEAR
        ),
    }
    return tuple(
        replace(found.get(each) or of_question(each), **change) for each in QUESTIONS
    )  # fmt: skip


def verdicts(**change: Any) -> objections.RecordVerdicts:
    """Ask to record eight answers of the market."""
    asked: dict[str, Any] = {
        "key": uuid4(), "book": MARKET, "actor_id": 7, "lake": "market", "simulation_id": 0,
        "measuring": 0, "answers": eight(),
    }  # fmt: skip
    return objections.RecordVerdicts(**(asked | change))


def simulated(simulation_id: int = 5, **change: Any) -> objections.RecordVerdicts:
    """Ask to record eight answers of a simulation."""
    answers = eight(is_simulated=True)
    return verdicts(lake="simulated", simulation_id=simulation_id, answers=answers, **change)


def start(**change: Any) -> objections.StartMeasuring:
    """Ask to measure."""
    asked: dict[str, Any] = {"key": uuid4(), "book": MARKET, "actor_id": 7}
    return objections.StartMeasuring(**(asked | change))


def give_up(measuring: int, **change: Any) -> objections.GiveUpMeasuring:
    """Ask to give a measuring up."""
    asked: dict[str, Any] = {"key": uuid4(), "book": MARKET, "actor_id": 0, "trouble": "failed"}
    return objections.GiveUpMeasuring(measuring=measuring, **(asked | change))
