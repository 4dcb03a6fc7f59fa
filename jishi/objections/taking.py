"""One question asked of a lake: its sums, and what they say at any level of certainty."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple, Protocol, TypeVar

import ibis
from msgspec import Struct, structs

from jishi.gauges import (
    boundary,
    conversion,
    ecology,
    habit,
    media,
    moments,
    operation,
    questions,
    weight,
)
from jishi.gauges.lake import Lake
from jishi.gauges.questions import Question
from jishi.gauges.spreads import Spread
from jishi.gauges.terms import Terms
from jishi.gauges.types import Reading
from jishi.gauges.verdicts import Footing
from jishi.objections import drawing
from jishi.objections.drawing.marks import LEVEL
from jishi.objections.types import Arm, Plot

S = TypeVar("S", bound=Struct)


class Gauge(Protocol[S]):
    """What a gauge file offers."""

    def expression(self, lake: Lake, terms: Terms, newest: int, /) -> ibis.Table: ...
    def gather(self, lake: Lake, terms: Terms, newest: int, /) -> S: ...
    def measured(self, sums: S, level: float, terms: Terms, /) -> dict[str, Reading]: ...
    def footing(self, sums: S, age_days: int, /) -> Footing: ...


Draw = Callable[[S, Mapping[str, Reading], Terms], Plot]
"""Draws a question: its sums, its readings, the operator's terms."""

Folded = Mapping[str, Mapping[str, Spread]]
"""What the forgotten add up to, by question and arm."""


FOLDED_AS = {
    "conversion": {
        "arms": "conversion", "holdout": "conversion.holdout", "sources": "conversion.sources",
    },
    # A pair of friends is nobody's alone: who was told is not folded.
    "boundary": {"named": "boundary"},
}  # fmt: skip
"""Where a question has several experiments: which of its sums is folded under which name."""


class Asking(NamedTuple):
    """What a question is asked of: a lake, the operator's terms, its newest day, today.

    `folded` are the sums of those who are in no row any more.
    """

    lake: Lake
    terms: Terms
    newest: int
    today: int
    folded: Folded


class Taken(Struct, frozen=True):
    """A question's sums, as what can be asked of them; `measured` takes a level, below 1."""

    question: Question
    design: str
    measured: Callable[[float], Mapping[str, Reading]]
    footing: Footing
    arms: tuple[Arm, ...]
    plot: Plot
    sql: str


def _take(question: Question, design: str, gauge: Gauge[S], draw: Draw[S], asking: Asking) -> Taken:
    lake, terms, newest, today, folded = asking
    sums = gauge.gather(lake, terms, newest)
    for field, name in FOLDED_AS.get(question.name, {"arms": question.name}).items():
        sums = _with_folded(sums, field, folded.get(name, {}))
    spreads = _spreads(sums)
    return Taken(
        question=question,
        design=design,
        measured=lambda level: gauge.measured(sums, level, terms),
        footing=gauge.footing(sums, today - newest),
        arms=tuple(_arm(name, spread) for name, spread in sorted(spreads.items())),
        plot=draw(sums, gauge.measured(sums, LEVEL, terms), terms),
        sql=str(ibis.to_sql(gauge.expression(lake, terms, newest))),
    )


def _with_folded(sums: S, field: str, folded: Mapping[str, Spread]) -> S:
    """Add the forgotten to the arms of the experiment that they were in."""
    if not folded:
        return sums
    held: dict[str, Spread] = getattr(sums, field)
    arms = dict(held)
    for name, spread in folded.items():
        arms[name] = arms[name] + spread if name in arms else spread
    return structs.replace(sums, **{field: arms})


def _spreads(sums: Struct) -> dict[str, Spread]:
    return {
        name: spread
        for held in structs.asdict(sums).values()
        if isinstance(held, dict)
        for name, spread in held.items()
        if isinstance(spread, Spread)
    }


def _arm(name: str, spread: Spread) -> Arm:
    means = {measure: total / spread.units for measure, total in spread.totals.items()}
    return Arm(name=name, units=spread.units, means=means)


TAKING: dict[str, Callable[[Asking], Taken]] = {
    "habit": partial(_take, questions.HABIT, "prompts", habit, drawing.habit.plot),
    "media": partial(_take, questions.MEDIA, "cards", media, drawing.media.plot),
    "conversion": partial(
        _take, questions.CONVERSION, "depth", conversion, drawing.conversion.plot
    ),
    "boundary": partial(_take, questions.BOUNDARY, "told", boundary, drawing.boundary.plot),
    "ecology": partial(_take, questions.ECOLOGY, "ladder", ecology, drawing.ecology.plot),
    "moments": partial(_take, questions.MOMENTS, "sharers", moments, drawing.moments.plot),
    "weight": partial(_take, questions.WEIGHT, "counts", weight, drawing.weight.plot),
    "operation": partial(_take, questions.OPERATION, "counts", operation, drawing.operation.plot),
}
"""How each question is asked."""
