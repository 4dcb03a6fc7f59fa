"""A scale: from numbers to places on the paper, with round numbers to name."""

import math
from collections.abc import Iterable
from typing import NamedTuple

STEPS = (1, 2, 2.5, 5, 10)
TICKS_MAX = 4


class Scale(NamedTuple):
    """From `low` to `high` on the paper from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Give a number's place; what is beyond the scale stands at its end."""
        inside = min(max(value, self.low), self.high)
        share = (inside - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def holds(self, value: float) -> bool:
        """Tell whether a number is on the scale."""
        return self.low <= value <= self.high

    def ticks(self) -> list[float]:
        """Give round numbers on it, a few."""
        step = round_step((self.high - self.low) / TICKS_MAX)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [count * step for count in range(first, last + 1)]


def round_step(least: float) -> float:
    """Give the smallest round step that is no shorter."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * step for step in STEPS if power * step >= least * (1 - 1e-9))


def scale(numbers: Iterable[float | None], start: float, end: float) -> Scale:
    """Give a scale that holds these numbers and a little more; no number makes it from 0 to 1."""
    known = [each for each in numbers if each is not None and math.isfinite(each)]
    low, high = (min(known), max(known)) if any(known) else (0.0, 1.0)
    room = (high - low) * 0.06 or abs(high) * 0.5 or 1.0
    return Scale(low - (room if low else 0), high + (room if high else 0), start, end)
