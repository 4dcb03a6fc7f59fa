"""Boundary: who opened his friend's links, week by week around the first purchase."""

from collections.abc import Mapping

from jishi.gauges.boundary import Sums
from jishi.gauges.terms import Terms
from jishi.gauges.types import Reading
from jishi.objections.drawing.marks import weeks_drawn
from jishi.objections.types import Plot


def plot(sums: Sums, _readings: Mapping[str, Reading], _terms: Terms) -> Plot:
    """Draw it, for friends who were told and friends who were not."""
    return weeks_drawn(sums.told, ("weeks_beside_purchase", "opens_a_week"), "bought")
