"""The paper a chart is drawn on: its words for those who hear it, its mark if it is not real."""

from collections.abc import Callable, Sequence
from html import escape

from minijinja import safe
from msgspec import Struct

from jishi.pages.charts.scale import Scale

WIDTH = 320
COLOURS = 6


class Sheet(Struct, frozen=True):
    """What is drawn: a name of its own on the page, a title, a description, how numbers are said.

    A `mark` is written across it: what is simulated says so, wherever the picture goes.
    """

    name: str
    title: str
    told: str
    said: Callable[[float], str]
    mark: str = ""


class Limit(Struct, frozen=True):
    """A line across: where it stands, what it is called, of which kind (a class of colour)."""

    at: float
    name: str
    kind: str = "limit"


def drawn(sheet: Sheet, height: float, parts: Sequence[str], middle: float = 0) -> str:
    """Give the SVG; everything in it that came from outside was escaped where it was written.

    The mark stands at the height of `middle`, or halfway down.
    """
    title, told = f"{sheet.name}-title", f"{sheet.name}-told"
    y = (middle or height / 2) + 8
    mark = text(WIDTH / 2, y, sheet.mark, "mark", "middle") if sheet.mark else ""
    return safe(
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height:.0f}" role="img" '
        f'aria-labelledby="{escape(title)} {escape(told)}">'
        f'<title id="{escape(title)}">{escape(sheet.title)}</title>'
        f'<desc id="{escape(told)}">{escape(sheet.told)}</desc>'
        f"{mark}{''.join(parts)}</svg>"
    )


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    """Write words; `anchor` is start, middle or end."""
    of_kind = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{of_kind}>{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """Draw a line."""
    return f'<path class="{kind}" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'


def box(x: float, y: float, width: float, height: float, kind: str) -> str:
    """Draw a box."""
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.5):.1f}" '
        f'height="{max(height, 0.5):.1f}" rx="2"/>'
    )


def dot(x: float, y: float, kind: str) -> str:
    """Draw a dot."""
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'


def colour(number: int) -> str:
    """Give the class of the colour of the first, second, … of several things."""
    return f"c{number % COLOURS + 1}"


def floor(across: Scale, sheet: Sheet, top: float, bottom: float) -> list[str]:
    """Draw the axis below, with its numbers and thin lines up."""
    parts = []
    for tick in across.ticks():
        x, said = across.at(tick), sheet.said(tick)
        parts.append(line(x, top, x, bottom, "rule"))
        parts.append(text(within(x, said), bottom + 14, said, "tick", "middle"))
    return parts


def within(x: float, words: str) -> float:
    """Give the middle of words that would stand at x, moved so that none leaves the paper."""
    half = width_of(words) / 2 + 2
    return min(max(x, half), WIDTH - half)


def wall(up: Scale, sheet: Sheet, left: float) -> list[str]:
    """Draw the numbers at the left, with thin lines across."""
    parts = []
    for tick in up.ticks():
        y = up.at(tick)
        parts.append(line(left, y, WIDTH - 6, y, "rule"))
        parts.append(text(left - 5, y + 4, sheet.said(tick), "tick", "end"))
    return parts


def key(names: Sequence[str], top: float) -> tuple[list[str], float]:
    """Name the colours, in as many rows as they need; give where they end."""
    parts, x, y = [], 6.0, top
    for number, name in enumerate(names):
        room = 22 + width_of(name)
        if x + room > WIDTH and x > 6:  # noqa: PLR2004 - the first of a row stands anyhow
            x, y = 6.0, y + 17
        parts.append(box(x, y - 9, 10, 10, f"fill {colour(number)}"))
        parts.append(text(x + 14, y, name))
        x += room
    return parts, y + 8


def width_of(words: str) -> float:
    """Guess how wide words are: Chinese letters are twice as wide as others."""
    return sum(12 if letter > "\u2e7f" else 6.4 for letter in words)
