"""Operation: the shares among its measures."""

from collections.abc import Mapping

from jishi.gauges.operation import Sums
from jishi.gauges.terms import Terms
from jishi.gauges.types import Reading
from jishi.objections.drawing.marks import readings_drawn
from jishi.objections.types import Plot

SHARES = frozenset({"perfect_order", "settled_on_time"})


def plot(_sums: Sums, readings: Mapping[str, Reading], _terms: Terms) -> Plot:
    """Draw it."""
    return readings_drawn(readings, SHARES)
