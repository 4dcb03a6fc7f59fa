"""Media: what content is worth to a follower, week by week, with cards and without."""

from collections.abc import Mapping

from jishi.gauges.media import Sums
from jishi.gauges.terms import Terms
from jishi.gauges.types import Reading
from jishi.objections.drawing.marks import weeks_drawn
from jishi.objections.types import Plot


def plot(sums: Sums, _readings: Mapping[str, Reading], _terms: Terms) -> Plot:
    """Draw it; from the mark on both arms read the same, and what still differs was learnt."""
    return weeks_drawn(sums.arms, ("weeks_beside_same", "content_value_a_week"), "same")
