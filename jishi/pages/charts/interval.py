"""Interval bars: a number each, where the truth may lie, and the limits it is held against."""

from collections.abc import Sequence

from msgspec import Struct

from jishi.pages.charts.scale import Scale, scale
from jishi.pages.charts.sheet import (
    WIDTH,
    Limit,
    Sheet,
    box,
    colour,
    dot,
    drawn,
    floor,
    line,
    text,
    within,
)

LEFT, RIGHT = 14, WIDTH - 14
ROW, NAMED_ROW = 26, 40


class Bar(Struct, frozen=True):
    """A number under a name, with its interval; an end that is none has no bound."""

    name: str
    value: float
    low: float | None
    high: float | None


def interval_bars(sheet: Sheet, bars: Sequence[Bar], limits: Sequence[Limit] = ()) -> str:
    """Draw the bars one below another, the limits through all of them."""
    across = scale(
        [
            *(end for bar in bars for end in (bar.value, bar.low, bar.high)),
            *(limit.at for limit in limits),
        ],
        LEFT,
        RIGHT,
    )
    heights = [NAMED_ROW if bar.name else ROW for bar in bars]
    top, bottom = 6.0, 6.0 + sum(heights)
    parts = floor(across, sheet, top, bottom)
    parts += [each for limit in limits for each in _limit(limit, across, top, bottom)]
    y = top
    for number, (bar, height) in enumerate(zip(bars, heights, strict=True)):
        parts += _bar(sheet, across, bar, y + height - 13, number)
        y += height
    named, end = _names(limits, across, bottom + 30)
    # Among the bars, so that it does not stand behind the numbers of the axis.
    return drawn(sheet, end, [*parts, *named], middle=(top + bottom) / 2)


def _bar(sheet: Sheet, across: Scale, bar: Bar, y: float, number: int) -> list[str]:
    start = across.start if bar.low is None else across.at(bar.low)
    end = across.end if bar.high is None else across.at(bar.high)
    kind = colour(number)
    parts = [box(start, y - 4, end - start, 8, f"band {kind}"), dot(across.at(bar.value), y, kind)]
    if bar.name:
        parts.append(text(LEFT, y - 12, bar.name))
        parts.append(text(RIGHT, y - 12, sheet.said(bar.value), "number", "end"))
    return parts


def _limit(limit: Limit, across: Scale, top: float, bottom: float) -> list[str]:
    x = across.at(limit.at)
    return [line(x, top - 4, x, bottom, limit.kind)]


def _names(limits: Sequence[Limit], across: Scale, y: float) -> tuple[list[str], float]:
    """Write what the limits are called, each below its line, one below another."""
    parts = []
    for limit in limits:
        if limit.name:
            x = within(across.at(limit.at), limit.name)
            parts.append(text(x, y, limit.name, f"name {limit.kind}", "middle"))
            y += 16
    return parts, y - 10
