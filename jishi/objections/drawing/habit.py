"""Habit: orders a week of both arms, while some were reminded and after nobody was."""

from collections.abc import Mapping

from jishi.gauges.habit import Sums
from jishi.gauges.terms import Terms
from jishi.gauges.types import Reading
from jishi.objections.drawing.marks import weeks_drawn
from jishi.objections.types import Plot


def plot(sums: Sums, _readings: Mapping[str, Reading], _terms: Terms) -> Plot:
    """Draw it; the reminders' end is marked."""
    return weeks_drawn(sums.arms, ("weeks_beside_withdrawal", "orders_a_week"), "withdrawn")
