"""What every plot is made of: a number with its interval, at a place or as a bar."""

import math
from collections.abc import Mapping

from jishi.gauges.means import mean, normal
from jishi.gauges.questions import Question
from jishi.gauges.spreads import Spread
from jishi.gauges.types import Estimate, Moments, Reading
from jishi.objections.types import Limit, Plot, Point, Series

LEVEL = 0.95
"""What is drawn is looked at one by one; what is judged has intervals of its own."""


def weeks_drawn(arms: Mapping[str, Spread], axes: tuple[str, str], event: str) -> Plot:
    """Draw what each arm did a week, before and after an event; there is no week nought.

    The week before it is -1, the first after it 1; the event is marked if any week came after.
    """
    series = tuple(
        Series(
            name,
            tuple(
                mean_at(week if week < 0 else week + 1, found)
                for week, found in sorted(each.weeks.items())
            ),
        )
        for name, each in sorted(arms.items())
        if each.weeks
    )
    is_past = any(point.x > 0 for each in series for point in each.points)
    return Plot("line", *axes, series, (), (Limit(0, event),) if is_past else ())


def bars_of(question: Question, measure: str) -> tuple[Limit, ...]:
    """Give the bars that a measure is held against, for the axis on which it is drawn."""
    claim = question.claim
    return tuple(
        Limit(bar.limit, name)
        for name, ways in (("holds", claim.holds), ("refuted", claim.refuted))
        for way in ways
        for bar in way
        if bar.measure == measure
    )


def bar(name: str, found: Moments) -> Series:
    """Draw a mean with its interval; that of one unit has none."""
    return Series(name, (mean_at(0, found),))


def mean_at(x: float, found: Moments) -> Point:
    """Draw a mean at a place."""
    if found.units < 2:  # noqa: PLR2004 - a variance needs two
        return Point(x, found.mean, found.mean, found.mean)
    return estimate_at(x, mean(found))


def estimate_at(x: float, estimate: Estimate) -> Point:
    """Draw an estimate at a place."""
    return point(x, Reading(estimate.value, normal(estimate, LEVEL)))


def point(x: float, reading: Reading) -> Point:
    """Draw a number that was read at a place."""
    return Point(x, reading.value, reading.interval.low, reading.interval.high)


def is_bounded(reading: Reading) -> bool:
    """Tell whether its interval ends on both sides; what does not cannot be drawn, nor kept."""
    return math.isfinite(reading.interval.low) and math.isfinite(reading.interval.high)
