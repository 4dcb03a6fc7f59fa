"""Holds, refuted, undecided or not measured: what an interval says to a claim.

A claim is decided by bars, fixed before the data are seen. It holds when all the bars of one of
its ways to hold are passed by whole intervals; likewise it is refuted; else it is undecided. What
the gates do not let through is not measured, and says which gate.
"""

import math
from collections.abc import Callable, Mapping
from enum import Enum

from msgspec import Struct

from jishi.gauges.types import Interval

SAMPLE_RATIO_MIN = 0.001
AGE_DAYS_MAX = 90


class Verdict(Enum):
    """What can be said of a claim today."""

    HOLDS = "holds"
    REFUTED = "refuted"
    UNDECIDED = "undecided"
    NOT_MEASURED = "not_measured"


class Below(Struct, frozen=True):
    """Passed when the whole interval of a measure is at or below a number."""

    measure: str
    limit: float

    def is_passed(self, interval: Interval) -> bool:
        return interval.high <= self.limit


class Above(Struct, frozen=True):
    """Passed when the whole interval of a measure is at or above a number."""

    measure: str
    limit: float

    def is_passed(self, interval: Interval) -> bool:
        return interval.low >= self.limit


class Claim(Struct, frozen=True):
    """The ways in which a claim holds and is refuted: any way is enough, all its bars needed."""

    holds: tuple[tuple[Below | Above, ...], ...]
    refuted: tuple[tuple[Below | Above, ...], ...]

    @property
    def measures(self) -> frozenset[str]:
        return frozenset(bar.measure for way in self.holds + self.refuted for bar in way)


class Footing(Struct, frozen=True):
    """What must be in order before a number is believed."""

    units: int
    units_min: int
    days: int
    days_min: int
    sample_ratio: float
    is_placebo_quiet: bool
    age_days: int
    # Of content that comes in issues: in how many the arms differed, and in how many they must.
    issues: int = 0
    issues_min: int = 0
    # Measures that rest on too few units of their own: how many times as many they need.
    unripe: Mapping[str, float] = {}


def gates_closed(footing: Footing) -> tuple[str, ...]:
    """Name what forbids a verdict, or nothing."""
    gates = {
        "uneven_arms": footing.sample_ratio > SAMPLE_RATIO_MIN,
        "too_few": footing.units >= footing.units_min,
        "too_few_issues": footing.issues >= footing.issues_min,
        "too_short": footing.days >= footing.days_min,
        "loud_placebo": footing.is_placebo_quiet,
        "too_old": footing.age_days < AGE_DAYS_MAX,
    }
    return tuple(name for name, is_open in gates.items() if not is_open)


def judge_on(footing: Footing, claim: Claim, measured: Mapping[str, Interval]) -> Verdict:
    """Decide a claim on the ripe measures, if every gate is open."""
    return Verdict.NOT_MEASURED if gates_closed(footing) else judge(claim, _ripe(footing, measured))


def hangs_on(
    verdict: Verdict, footing: Footing, claim: Claim, measured: Mapping[str, Interval]
) -> tuple[str, ...]:
    """Name the measures of a claim that its verdict hangs on, in the order of their bars.

    What holds or is refuted hangs on the bars that were passed; what is undecided, on those that
    are still to pass before it is refuted. Nothing hangs on what was not measured.
    """
    ripe = _ripe(footing, measured)
    if verdict is Verdict.UNDECIDED:
        bars = [bar for way in claim.refuted for bar in way if not _is_open((bar,), ripe)]
    else:
        decided = {Verdict.HOLDS: claim.holds, Verdict.REFUTED: claim.refuted}
        bars = [bar for way in decided.get(verdict, ()) if _is_open(way, ripe) for bar in way]
    return tuple(dict.fromkeys(bar.measure for bar in bars if bar.measure in measured))


def _ripe(footing: Footing, measured: Mapping[str, Interval]) -> dict[str, Interval]:
    return {name: known for name, known in measured.items() if name not in footing.unripe}


def judge(claim: Claim, measured: Mapping[str, Interval]) -> Verdict:
    """Decide a claim on the intervals there are; a measure that is missing passes no bar."""
    if not claim.measures & measured.keys():
        return Verdict.NOT_MEASURED
    if any(_is_open(way, measured) for way in claim.holds):
        return Verdict.HOLDS
    if any(_is_open(way, measured) for way in claim.refuted):
        return Verdict.REFUTED
    return Verdict.UNDECIDED


def _is_open(way: tuple[Below | Above, ...], measured: Mapping[str, Interval]) -> bool:
    return all(bar.measure in measured and bar.is_passed(measured[bar.measure]) for bar in way)


def instruments_missing(claim: Claim, measured: Mapping[str, Interval]) -> tuple[str, ...]:
    return tuple(sorted(claim.measures - measured.keys()))


def step_down(
    questions: Mapping[int, Callable[[float], Verdict]], alpha: float
) -> dict[int, Verdict]:
    """Judge several questions so that one wrong verdict among all has probability alpha (Holm).

    Each question is given the error that is left to it; those decided leave theirs to the rest.
    """
    answers: dict[int, Verdict] = {}
    while waiting := [number for number in questions if number not in answers]:
        share = alpha / len(waiting)
        now = {number: questions[number](share) for number in waiting}
        decided = {
            number: verdict for number, verdict in now.items() if verdict != Verdict.UNDECIDED
        }
        if not decided:
            return answers | now
        answers |= decided
    return answers


def people_more(interval: Interval, bar: Below | Above, units: int) -> int | None:
    """Give how many more people would decide it if the number stayed; none if no number would."""
    middle, reach = (interval.low + interval.high) / 2, (interval.high - interval.low) / 2
    room = bar.limit - middle if isinstance(bar, Below) else middle - bar.limit
    # An interval shrinks with the root of the people: as many times as its square must.
    if not math.isfinite(reach) or room <= 0:
        return None
    return max(0, math.ceil(units * ((reach / room) ** 2 - 1)))
