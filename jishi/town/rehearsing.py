"""Rehearse: the same town lives twice, under the present policy and another, many times over.

Each world has its own luck, and its own values of what was only assumed, up to a third more or
less; both policies meet the same. What is shown is how the worlds differ from each other: the
middle one, and the band in which eight of ten lie. No band says how wrong the town itself is.
"""

from collections.abc import Callable, Iterator

import numpy as np
from msgspec import Struct

from jishi.town.diary import COUNTS
from jishi.town.people import settle
from jishi.town.policy import Policy
from jishi.town.sensitivity import drawn
from jishi.town.simulation import YEAR, Run, simulate
from jishi.town.simulations.types import Band, Move
from jishi.town.traits import Traits

MONTH = 30
BAND = (10, 50, 90)


class Rehearsal(Struct, frozen=True):
    """What a policy would do to orders, readers and followers, month by month, and to the eight."""

    people: int
    worlds: int
    present: Policy
    tried: Policy
    months: dict[str, tuple[Band, ...]]
    first_month: dict[str, Band]
    year: dict[str, Band]
    moves: tuple[Move, ...]


FANS = ("orders", "opens", "unfollows")
MEASURES: dict[str, Callable[[Run], float]] = {
    "bought_here": lambda run: _share(run, "orders", "elsewhere"),
    "opens": lambda run: _sum(run, "opens"),
    "order_a_follow": lambda run: _sum(run, "orders") / max(1.0, _sum(run, "follows")),
    "declines": lambda run: _sum(run, "declines") / max(1.0, _sum(run, "share_opens")),
    "unfollows": lambda run: _sum(run, "unfollows"),
    "opens_a_share": lambda run: _sum(run, "share_opens") / max(1.0, _sum(run, "shares")),
}
MOVES = (
    ("habit", "bought_here", "more"),
    ("media", "opens", "more"),
    ("conversion", "order_a_follow", "more"),
    ("boundary", "declines", "less"),
    ("ecology", "unfollows", "less"),
    ("moments", "opens_a_share", "more"),
    ("weight", "", ""),
    ("operation", "", ""),
)
"""Which measure of a year speaks of which question; the last two no dial of these moves."""


def rehearse(
    present: Policy, tried: Policy, *, people: int, worlds: int, seed: int
) -> Iterator[int | Rehearsal]:
    """Let so many towns live a year under both; give each world's number, then what came of it."""
    pairs = []
    for world in range(worlds):
        town = settle(people, seed + world, _assumed(seed, world))
        pairs.append(tuple(simulate(town, each, YEAR, threads=2) for each in (present, tried)))
        yield world + 1
    months = {name: _by_month(pairs, name) for name in FANS}
    yield Rehearsal(
        people=people, worlds=worlds, present=present, tried=tried, months=months,
        first_month={name: fan[0] for name, fan in months.items()},
        year={
            name: _band([_sum(pair[1], name) / max(1.0, _sum(pair[0], name)) - 1 for pair in pairs])
            for name in FANS
        },
        moves=tuple(_move(pairs, *each) for each in MOVES),
    )  # fmt: skip


def _assumed(seed: int, world: int) -> Traits:
    """Give traits with every assumption moved by a lot of its own; the first world's are not."""
    return drawn(Traits(), seed + world) if world else Traits()


def _by_month(pairs: list[tuple[Run, ...]], name: str) -> tuple[Band, ...]:
    fan = []
    for first in range(0, YEAR - MONTH + 1, MONTH):
        sums = [[float(run.counts[name][first : first + MONTH].sum()) for run in pair]
                for pair in pairs]  # fmt: skip
        fan.append(_band([after / max(1.0, before) - 1 for before, after in sums]))
    return tuple(fan)


def _move(pairs: list[tuple[Run, ...]], question: str, measure: str, better: str) -> Move:
    if not measure:
        return Move(question, measure, better, None)
    of = MEASURES[measure]
    changes = []
    for present, tried in pairs:
        before = of(present)
        if before > 0:
            changes.append(of(tried) / before - 1)
    return Move(question, measure, better, _band(changes) if changes else None)


def _band(changes: list[float]) -> Band:
    low, middle, high = (float(each) for each in np.percentile(changes, BAND))
    return Band(low, middle, high)


def _sum(run: Run, name: str) -> float:
    assert name in COUNTS
    return float(run.counts[name].sum())


def _share(run: Run, name: str, other: str) -> float:
    found = _sum(run, name)
    return found / max(1.0, found + _sum(run, other))
