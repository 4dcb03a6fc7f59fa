"""Weight: the shares among its measures."""

from collections.abc import Mapping

from jishi.gauges.terms import Terms
from jishi.gauges.types import Reading
from jishi.gauges.weight import Sums
from jishi.objections.drawing.marks import readings_drawn
from jishi.objections.types import Plot

SHARES = frozenset({"zero_result_share", "payment_success"})


def plot(_sums: Sums, readings: Mapping[str, Reading], _terms: Terms) -> Plot:
    """Draw it."""
    return readings_drawn(readings, SHARES)
