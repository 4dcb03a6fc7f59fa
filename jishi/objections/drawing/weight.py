"""Weight: how much of what is allowed each promise of service uses up."""

from collections.abc import Mapping

from jishi.gauges.questions import WEIGHT
from jishi.gauges.terms import Terms
from jishi.gauges.types import Interval, Reading
from jishi.gauges.verdicts import Below
from jishi.gauges.weight import Sums
from jishi.objections.drawing.marks import is_bounded, point
from jishi.objections.types import Limit, Plot, Series

ALLOWED = tuple(bar for way in WEIGHT.claim.holds for bar in way if bar.limit > 0)
"""The bars of the claim, but for that of a lift, of which nought is no part."""

LACKING = {"payment_success": "payments_failed"}
"""How what is drawn by what it lacks is called."""


def plot(_sums: Sums, readings: Mapping[str, Reading], _terms: Terms) -> Plot:
    """Draw it; what is beyond the line breaks its promise."""
    series = [
        Series(
            LACKING.get(bar.measure, bar.measure),
            (point(0, used(readings[bar.measure], bar.limit, is_high=isinstance(bar, Below))),),
        )
        for bar in ALLOWED
        if bar.measure in readings and is_bounded(readings[bar.measure])
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
