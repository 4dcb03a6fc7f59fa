"""Weight: how much of what is allowed each promise of service uses up."""

from collections.abc import Mapping

from jishi.gauges.terms import Terms
from jishi.gauges.types import Interval, Reading
from jishi.gauges.weight import Sums
from jishi.objections.drawing.marks import point
from jishi.objections.types import Limit, Plot, Series

ALLOWED = {"latency_p95_seconds": 1.0, "zero_result_share": 0.15, "payment_success": 0.95}
"""The bars of the claim; a share that must be high is drawn by what is missing of it."""


def plot(_sums: Sums, readings: Mapping[str, Reading], _terms: Terms) -> Plot:
    """Draw it; what is beyond the line breaks its promise."""
    series = [
        Series(name, (point(0, used(readings[name], allowed, is_high=name == "payment_success")),))
        for name, allowed in ALLOWED.items()
        if name in readings
    ]
    return Plot("bars", "measure", "part_of_allowed", tuple(series), (Limit(1, "allowed"),))


def used(reading: Reading, allowed: float, *, is_high: bool) -> Reading:
    """Give a number as a part of what is allowed; of one that must be high, what it lacks."""
    if not is_high:
        low, high = reading.interval.low, reading.interval.high
        return Reading(reading.value / allowed, Interval(low / allowed, high / allowed))
    room = 1 - allowed
    low, high = 1 - reading.interval.high, 1 - reading.interval.low
    return Reading((1 - reading.value) / room, Interval(low / room, high / room))
