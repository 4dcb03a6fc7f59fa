"""What a policy does, told exactly: the same people, ties and luck under two policies."""

import math
from typing import NamedTuple

from jishi.town.diary import COUNTS
from jishi.town.people import Town
from jishi.town.policy import Policy
from jishi.town.simulation import Run, simulate

MONTH = 30
WEEK = 7


class Worlds(NamedTuple):
    """Two lives of a town."""

    treated: Run
    control: Run


def worlds(town: Town, treated: Policy, control: Policy, days: int) -> Worlds:
    """Let a town live twice."""
    return Worlds(simulate(town, treated, days), simulate(town, control, days))


def counted(run: Run, name: str, first: int = 0, last: int | None = None) -> int:
    """Add up what was counted on some days."""
    assert name in COUNTS
    return int(run.counts[name][first:last].sum())


def caused(pair: Worlds, name: str, first: int = 0, last: int | None = None) -> int:
    """Give how many more there were of something, because of the policy alone."""
    return counted(pair.treated, name, first, last) - counted(pair.control, name, first, last)


def lift(pair: Worlds, name: str, first: int = 0, last: int | None = None) -> float:
    """Give by which part there were more of something."""
    return caused(pair, name, first, last) / counted(pair.control, name, first, last)


def slope(pair: Worlds, first: int) -> float:
    """Give the change of the logarithm of the last month's reading per further weekly contact.

    Contacts are counted from the day on which the policies began to differ.
    """
    opens = [counted(run, "opens", run.days - MONTH) for run in pair]
    people, weeks = pair.control.town.people, (pair.control.days - first) / WEEK
    apart = caused(pair, "contacts", first) / people / weeks
    return math.log(opens[0] / opens[1]) / apart
