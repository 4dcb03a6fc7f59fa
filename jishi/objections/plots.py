"""What is drawn of each question: its arms with their intervals, or how something changes."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from jishi.gauges import moments
from jishi.gauges.means import mean, normal
from jishi.gauges.questions import Question
from jishi.gauges.spreads import Spread
from jishi.gauges.types import Moments, Reading
from jishi.objections.types import Plot, Point, Series

LEVEL = 0.95
SHARES_SHOWN = 40
SHARES = ("zero_result_share", "payment_success", "perfect_order", "settled_on_time")


class Drawn(NamedTuple):
    """Which spreads of the sums are drawn, by which measure, and how the axis is called."""

    field: str
    measure: str
    y: str


ARMS = {
    "habit": Drawn("arms", "after", "orders_a_week"),
    "media": Drawn("arms", "value", "content_value"),
    "conversion": Drawn("sources", "gained", "fen"),
    "boundary": Drawn("told", "again", "opens_again"),
    "ecology": Drawn("arms", "activity", "articles_in_30_days"),
}


def plot_of(question: Question, sums: Struct, readings: Mapping[str, Reading]) -> Plot:
    """Draw a question."""
    if drawn := ARMS.get(question.name):
        spreads: dict[str, Spread] = getattr(sums, drawn.field)
        series = tuple(_bar(name, each.moments(drawn.measure)) for name, each in spreads.items())
        return Plot("bars", "arm", drawn.y, tuple(sorted(series, key=_name)), ())
    if isinstance(sums, moments.Sums):
        return Plot("line", "share_number", "opens", _wear(sums), ())
    shares = tuple(
        Series(name, (_point(0, reading),)) for name, reading in readings.items() if name in SHARES
    )
    return Plot("bars", "measure", "share", shares, ())


def _name(series: Series) -> str:
    return series.name


def _bar(name: str, found: Moments) -> Series:
    if found.units < 2:  # noqa: PLR2004 - a variance needs two
        return Series(name, (Point(0, found.mean, found.mean, found.mean),))
    estimate = mean(found)
    return Series(name, (_point(0, Reading(estimate.value, normal(estimate, LEVEL))),))


def _point(x: float, reading: Reading) -> Point:
    return Point(x, reading.value, reading.interval.low, reading.interval.high)


def _wear(sums: moments.Sums) -> tuple[Series, ...]:
    """Give the openings of the first, second, third … share, over all sharers."""
    points = []
    place = sums.earlier.astype(np.int64)
    for number in range(min(SHARES_SHOWN, int(place.max()) + 1 if len(place) else 0)):
        opens = sums.opens[place == number]
        if len(opens) > 1:
            estimate = mean(Moments(len(opens), float(opens.sum()), float(np.dot(opens, opens))))
            points.append(_point(number + 1, Reading(estimate.value, normal(estimate, LEVEL))))
    return (Series("opens", tuple(points)),) if points else ()
