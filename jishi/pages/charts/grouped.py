"""Grouped bars: for each of a few things, several numbers side by side, from zero."""

from collections.abc import Sequence

from msgspec import Struct

from jishi.pages.charts.scale import scale
from jishi.pages.charts.sheet import WIDTH, Sheet, box, colour, drawn, key, line, text, wall

HEIGHT = 140
GAP = 10


class Group(Struct, frozen=True):
    """A few numbers under a name, in the order of the names of the bars."""

    name: str
    values: tuple[float, ...]


def grouped_bars(sheet: Sheet, names: Sequence[str], groups: Sequence[Group]) -> str:
    """Draw the groups beside each other; a number below zero hangs down."""
    values = [value for group in groups for value in group.values]
    up = scale([0.0, *values], HEIGHT + 12.0, 14.0)
    left, room = 46.0, (WIDTH - 52.0) / max(len(groups), 1)
    thick = min(34.0, (room - GAP) / max(len(names), 1))
    parts = wall(up, sheet, left)
    for place, group in enumerate(groups):
        middle = left + room * (place + 0.5)
        x = middle - thick * len(group.values) / 2
        for number, value in enumerate(group.values):
            ends = sorted((up.at(0), up.at(value)))
            kind = f"fill {colour(number)}"
            parts.append(box(x + 1, ends[0], thick - 2, ends[1] - ends[0], kind))
            x += thick
        parts.append(text(middle, HEIGHT + 27, group.name, "tick", "middle"))
    parts.append(line(left, up.at(0), WIDTH - 6, up.at(0), "axis"))
    named, end = key(names, HEIGHT + 48.0)
    return drawn(sheet, end, [*parts, *named])
