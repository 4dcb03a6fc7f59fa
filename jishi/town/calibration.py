"""Is the town like what is known of real ones? Simulated moments beside published ones."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from jishi.town.counterfactuals import MONTH, Worlds, caused, counted, lift, worlds
from jishi.town.diary import merged
from jishi.town.graph import clustering, mean_degree
from jishi.town.people import Town, settle
from jishi.town.policy import Policy, Schedule
from jishi.town.simulation import simulate
from jishi.town.traits import Traits

REPETITIONS = 66
FORTNIGHT, QUARTER, YEAR_PART, LONG = 14, 84, 273, 630
SEED, PEOPLE = 1, 16_000

QUIET = Policy(
    touches_week=0, limit_week=None, cards=0, share_quota=0, schedule=Schedule(poster_days=0)
)
"""A shop that says nothing and hangs no poster: what is tried is all that happens."""


class Target(NamedTuple):
    """What is known: between which numbers a town's should lie, and who says so."""

    low: float
    high: float
    source: str
    measure: Callable[[Town], float]


def message_orders(town: Town) -> float:
    """Give the orders that one message brings within a fortnight."""
    return _of_a_message(town, "orders")


def message_unfollows(town: Town) -> float:
    return _of_a_message(town, "unfollows")


def _of_a_message(town: Town, name: str) -> float:
    pair = _written_to(town)
    return caused(pair, name) / counted(pair.treated, "contacts")


@lru_cache(1)
def _written_to(town: Town) -> Worlds:
    """Let everybody follow, and be written to once a week or never."""
    all_follow = _like(town, following=1)
    return worlds(all_follow, replace(QUIET, touches_week=1), QUIET, FORTNIGHT)


def _like(town: Town, **other: float) -> Town:
    """Give the same town but for some of its traits."""
    return settle(town.people, town.seed, replace(town.traits, **other), ties=town.ties)


def lasting_sensitivity(town: Town) -> float:
    """Give by how many times more a doubled load costs in month 21 than in the first.

    What a message itself brings in readers is left out, as an advertisement brings none.
    """
    silent = _like(town, reading_touched=0)
    double, single = (replace(QUIET, touches_week=load) for load in (2, 1))
    pair = worlds(silent, double, single, LONG)
    return lift(pair, "opens", LONG - MONTH, LONG) / lift(pair, "opens", 0, MONTH)


@lru_cache(1)
def _by_mouth(town: Town) -> Worlds:
    plain = replace(QUIET, touches_week=1)
    return worlds(town, replace(plain, share_quota=7), plain, QUARTER)


def won_by_mouth(town: Town) -> float:
    """Give by which part more follow where friends share."""
    return lift(_by_mouth(town), "follows")


def friendly_conversion(town: Town) -> float:
    """Give how many times as many visits by a friend's share end in an order, as others do."""
    run = _by_mouth(town).treated
    through = counted(run, "share_orders")
    others = counted(run, "orders") - through
    return through / counted(run, "share_opens") / (others / (counted(run, "opens") + others))


@lru_cache(1)
def _cohort(town: Town) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Give the repeat purchases, to week 39, of those who first bought in the first twelve."""
    run = simulate(town, replace(QUIET, touches_week=1), YEAR_PART, keeps=True)
    orders = merged(run.diaries, "order")
    is_paid = orders.more["paid"] > 0
    person, day = orders.person[is_paid], orders.day[is_paid]
    first = np.full(town.people, YEAR_PART)
    np.minimum.at(first, person, day)
    return np.bincount(person, minlength=town.people)[first < QUARTER] - 1


def repeaters(town: Town) -> float:
    return float((_cohort(town) > 0).mean())


def repeats(town: Town) -> float:
    return float(_cohort(town).mean())


def grown_habit(town: Town) -> float:
    """Give which part of a habit 66 good purchases make."""
    return 1 - (1 - town.traits.habit_gain) ** REPETITIONS


TARGETS = {
    "friends of a person, mean": Target(
        22, 28, "assumed: those one trades with; ego-Facebook has 43.7 (J. Leskovec, SNAP)",
        lambda town: mean_degree(town.ties),
    ),
    "clustering": Target(
        0.4, 0.7, "ego-Facebook .6055 (J. Leskovec, SNAP)",
        lambda town: clustering(town.ties, SEED),
    ),
    "orders a message": Target(
        0.0050, 0.0086,
        "Hillstrom's men's mail: .50 to .86 points of conversion in a fortnight (MineThatData)",
        message_orders,
    ),
    "unfollows a message": Target(
        0.0014, 0.0024, "a sponsored video costs .19 % of subscribers (Cheng, Zhang, Management "
        "Science)", message_unfollows,
    ),
    "sensitivity to load, month 21 to month 1": Target(
        2, 4, "Pandora: 3 times over 21 months (Huang, Reiley, Riabov 2018)", lasting_sensitivity
    ),
    "more followers where friends share": Target(
        0.98, 2.46, "+98 % by personal, +246 % by broadcast messages (Aral, Walker 2011)",
        won_by_mouth,
    ),
    "conversion by a friend's share to others": Target(
        3.09, 10.37, "Beidian: 3.09 to 10.37 times (CSCW 2019)", friendly_conversion
    ),
    "buyers who bought again in 39 weeks": Target(
        0.35, 0.45, "CDNOW: 946 of 2,357 (Fader, Hardie, Lee 2005)", repeaters
    ),
    "repeat purchases of a buyer in 39 weeks": Target(
        0.8, 1.3, "CDNOW: 1.04 (Fader, Hardie, Lee 2005)", repeats
    ),
    "habit after 66 purchases": Target(
        0.94, 0.96, "95 % of the asymptote after a median of 66 days (Lally et al. 2010)",
        grown_habit,
    ),
}  # fmt: skip


def calibrated(traits: Traits, people: int = PEOPLE, seed: int = SEED) -> dict[str, float]:
    """Give every moment of a town."""
    town = settle(people, seed, traits)
    return {name: target.measure(town) for name, target in TARGETS.items()}
