"""Lines over days, issues or shares, with bands where the truth may lie: one, or a fan."""

from collections.abc import Sequence

from msgspec import Struct

from jishi.pages.charts.scale import Scale, scale
from jishi.pages.charts.sheet import (
    WIDTH,
    Limit,
    Sheet,
    colour,
    dot,
    drawn,
    floor,
    key,
    line,
    text,
    wall,
    width_of,
    within,
)

HEIGHT = 150
DOTS_MAX = 12
NAME_HEIGHT = 14


class Place(Struct, frozen=True):
    """A point of a line, with its band."""

    x: float
    value: float
    low: float
    high: float


class Fan(Struct, frozen=True):
    """A line under a name, with its bands from the widest inwards (one for most)."""

    name: str
    places: tuple[Place, ...]
    inner: tuple[Place, ...] = ()


def line_chart(
    sheet: Sheet,
    fans: Sequence[Fan],
    axes: tuple[str, str],
    limits: Sequence[Limit] = (),
    marks: Sequence[Limit] = (),
) -> str:
    """Draw the lines on common axes, named x and y; limits are at numbers of y, marks of x."""
    places = [place for fan in fans for place in fan.places]
    up_numbers = [number for place in places for number in (place.value, place.low, place.high)]
    up = scale([*up_numbers, *(limit.at for limit in limits)], HEIGHT + 20.0, 26.0)
    left = max(26.0, 9 + max(width_of(sheet.said(tick)) for tick in up.ticks()))
    numbers = [*(place.x for place in places), *(mark.at for mark in marks)] or [0.0, 1.0]
    first, last = min(numbers), max(numbers)
    across = Scale(first, last if last > first else first + 1, left + 2, WIDTH - 12.0)
    counted = Sheet(sheet.name, sheet.title, sheet.told, lambda tick: f"{tick:g}")
    parts = [text(4, 13, axes[1], "tick"), *wall(up, sheet, left)]
    parts += floor(across, counted, HEIGHT + 20.0, HEIGHT + 20.0)
    parts += _limits(limits, up, left)
    parts += [each for number, fan in enumerate(fans) for each in _fan(fan, across, up, number)]
    named, foot = _marks(marks, across)
    parts += named
    parts.append(text(WIDTH - 6, foot, axes[0], "tick", "end"))
    if len(fans) < 2:  # noqa: PLR2004 - one line needs no key
        return drawn(sheet, foot + 6, parts)
    named, end = key([fan.name for fan in fans], foot + 20)
    return drawn(sheet, end, [*parts, *named])


def _limits(limits: Sequence[Limit], up: Scale, left: float) -> list[str]:
    """Draw lines across, each with its name above; below where the one above it is near."""
    parts, above = [], 0.0
    for limit in sorted(limits, key=lambda each: -each.at):
        y = up.at(limit.at)
        at = y + 12 if 0 < y - above < NAME_HEIGHT else y - 4
        parts.append(line(left, y, WIDTH - 6, y, limit.kind))
        if limit.name:
            parts.append(text(WIDTH - 6, at, limit.name, f"name {limit.kind}", "end"))
            above = y
    return parts


def _marks(marks: Sequence[Limit], across: Scale) -> tuple[list[str], float]:
    """Draw lines upright, each with its name below the axis; give where the next words stand."""
    parts, foot = [], HEIGHT + 50.0
    for mark in marks:
        x = across.at(mark.at)
        parts.append(line(x, 20, x, HEIGHT + 20, mark.kind))
        parts.append(text(within(x, mark.name), foot, mark.name, f"name {mark.kind}", "middle"))
        foot += 16
    return parts, foot


def _fan(fan: Fan, across: Scale, up: Scale, number: int) -> list[str]:
    if not fan.places:
        return []
    kind = colour(number)
    at = [(across.at(place.x), up.at(place.value)) for place in fan.places]
    parts = [_band(band, across, up, kind) for band in (fan.places, fan.inner) if band]
    parts.append(f'<path class="line {kind}" d="{_path(at)}"/>')
    if len(at) <= DOTS_MAX:
        parts += [dot(x, y, kind) for x, y in at]
    return parts


def _band(band: Sequence[Place], across: Scale, up: Scale, kind: str) -> str:
    over = [(across.at(place.x), up.at(place.high)) for place in band]
    under = [(across.at(place.x), up.at(place.low)) for place in reversed(band)]
    return f'<path class="band {kind}" d="{_path([*over, *under])}Z"/>'


def _path(at: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in at)
