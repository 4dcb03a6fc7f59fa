"""Conversion: margin less cost of a follower by source, and of each one more that a reward wins."""

from collections.abc import Mapping

from jishi.gauges.conversion import Sums
from jishi.gauges.terms import Terms
from jishi.gauges.types import Reading
from jishi.objections.drawing.marks import bar, is_bounded, point
from jishi.objections.types import Limit, Plot, Series

SOURCES_MAX = 8
"""The largest are drawn; a shop may have as many posters as walls."""


def plot(sums: Sums, readings: Mapping[str, Reading], _terms: Terms) -> Plot:
    """Draw it; what pays lies to the right of nought."""
    largest = sorted(sums.sources.items(), key=lambda each: (-each[1].units, each[0]))
    series = [bar(name, each.moments("gained")) for name, each in largest[:SOURCES_MAX]]
    more = readings.get("margin_after_cost")
    if more and is_bounded(more):
        series.append(Series("margin_after_cost", (point(0, more),)))
    return Plot("bars", "arm", "fen", tuple(series), (Limit(0, "zero"),))
