"""Ecology: what is read of an account, by the rung of the ladder."""

from collections.abc import Mapping

from jishi.gauges.ecology import Sums
from jishi.gauges.terms import Terms
from jishi.gauges.types import Reading
from jishi.objections.drawing.marks import arms_drawn
from jishi.objections.types import Plot


def plot(sums: Sums, _readings: Mapping[str, Reading], _terms: Terms) -> Plot:
    """Draw it."""
    return arms_drawn(sums.arms, "activity", "articles_in_30_days")
