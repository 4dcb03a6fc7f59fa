"""A policy tried on the town before people are touched: month by month, with bands.

Each draw is another town (people, ties, luck) in which every assumption is moved by a lot of its
own; in each both policies are lived with the same luck, so that what differs is the policy.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from jishi.town.counterfactuals import MONTH, counted
from jishi.town.diary import COUNTS
from jishi.town.draws import Floats
from jishi.town.people import settle
from jishi.town.policy import Policy
from jishi.town.sensitivity import drawn
from jishi.town.simulation import Run, simulate
from jishi.town.traits import Traits

LOW, HIGH = 10, 90
"""Of a hundred draws so many lie below a band, and so many below its upper end."""


class Band(NamedTuple):
    """A number in the town as it is assumed to be, and where most draws have it."""

    value: float
    low: float
    high: float


class Fan(Struct, frozen=True):
    """A count, month by month, by a hundred followers of the first day; and its change.

    `change` is the part by which the new policy has more than the present one, month by month;
    `altogether` is that over all the months.
    """

    name: str
    present: tuple[Band, ...]
    new: tuple[Band, ...]
    change: tuple[Band, ...]
    altogether: Band


class Rehearsal(NamedTuple):
    """How large, how long, how often: what a rehearsal costs."""

    people: int = 4_000
    months: int = 12
    draws: int = 9
    threads: int = 2


def rehearse(
    present: Policy,
    new: Policy,
    how: Rehearsal = Rehearsal(),  # noqa: B008 - it cannot be written to
    tell: Callable[[int], None] = lambda _draw: None,
) -> dict[str, Fan]:
    """Live both policies in every draw; `tell` is called with each draw that is done."""

    def live(draw: int) -> tuple[Floats, Floats]:
        # The first draw is the town as it is assumed to be.
        traits = drawn(Traits(), draw) if draw else Traits()
        town = settle(how.people, draw + 1, traits)
        days = how.months * MONTH
        found = tuple(_months(simulate(town, policy, days), how) for policy in (present, new))
        tell(draw)
        return found[0], found[1]

    with ThreadPoolExecutor(how.threads) as pool:
        pairs = list(pool.map(live, range(how.draws)))
    before, after = (np.array([pair[which] for pair in pairs]) for which in (0, 1))
    return {name: _fan(name, before[:, at], after[:, at]) for at, name in enumerate(COUNTS)}


def _months(run: Run, how: Rehearsal) -> Floats:
    """Give each count of each month, by a hundred followers of the first day."""
    followers = max(1, int(run.town.born.follows.sum()))
    return np.array(
        [
            [
                counted(run, name, month * MONTH, (month + 1) * MONTH) * 100 / followers
                for month in range(how.months)
            ]
            for name in COUNTS
        ]
    )


def _fan(name: str, before: Floats, after: Floats) -> Fan:
    """Put the draws of a count together; rows are draws, columns months."""
    months = range(before.shape[1])
    sums = _change(before.sum(axis=1), after.sum(axis=1))
    return Fan(
        name=name,
        present=tuple(_band(before[:, month]) for month in months),
        new=tuple(_band(after[:, month]) for month in months),
        change=tuple(_band(_change(before[:, month], after[:, month])) for month in months),
        altogether=_band(sums),
    )


def _change(before: Floats, after: Floats) -> Floats:
    """Give the part by which there is more; nought where there was and is nothing."""
    return (after - before) / np.where(before > 0, before, np.where(after > 0, after, 1.0))


def _band(draws: Sequence[float] | Floats) -> Band:
    low, high = np.percentile(draws, (LOW, HIGH))
    # Whatever the draws say, the band holds the town as it is assumed to be.
    value = float(draws[0])
    return Band(value, min(float(low), value), max(float(high), value))
