"""How much what a town says rests on what was assumed: each assumption moved, and all at once."""

from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from jishi.town.counterfactuals import MONTH, lift, worlds
from jishi.town.frontier import PUSHY, YEAR
from jishi.town.parameters import ASSUMED, PARAMETERS
from jishi.town.people import settle
from jishi.town.traits import Traits

MOVED = 0.3
PEOPLE, SEED = 6_000, 1
BRAKED = replace(PUSHY, limit_week=3.0)
UNMOVED = ("season_peak",)
"""A day of the year is no quantity."""


class Effect(NamedTuple):
    """What a limit of three a week changes, by no limit: orders of a month, of the year."""

    month: float
    year: float


def assumed() -> tuple[str, ...]:
    return tuple(
        name
        for name, parameter in PARAMETERS.items()
        if parameter.source == ASSUMED and name not in UNMOVED
    )


def effect(traits: Traits, people: int = PEOPLE, seed: int = SEED) -> Effect:
    """Give what the limit does to orders in a town like this."""
    pair = worlds(settle(people, seed, traits), BRAKED, PUSHY, YEAR)
    return Effect(lift(pair, "orders", 0, MONTH), lift(pair, "orders"))


def moved(traits: Traits, name: str, by: float) -> Traits:
    """Give the town with one number moved by a part of itself."""
    return replace(traits, **{name: getattr(traits, name) * (1 + by)})


def drawn(traits: Traits, draw: int) -> Traits:
    """Give the town with every assumption moved at once, each by its own lot: for bands."""
    names = assumed()
    lots = np.random.default_rng((draw, len(names))).uniform(1 - MOVED, 1 + MOVED, len(names))
    return replace(
        traits,
        **{name: getattr(traits, name) * float(lot) for name, lot in zip(names, lots, strict=True)},
    )


def band(traits: Traits, name: str) -> tuple[Effect, Effect]:
    """Give the effect with one number 30 % lower, and 30 % higher."""
    low, high = (effect(moved(traits, name, by)) for by in (-MOVED, MOVED))
    return low, high
