"""Who lives in the town: arrays with a place for each person."""

from typing import NamedTuple

import numpy as np
from msgspec import Struct

from jishi.town.draws import Bytes, Floats, Integers, Places, Purpose, Singles, rare
from jishi.town.graph import Graph, graph
from jishi.town.traits import Traits

NUMBERS_FROM = 1 << 60
"""Simulated people have numbers that no market gives."""
SEED_BITS, PEOPLE_BITS = 24, 32
NEVER = 1 << 14
"""A day that does not come."""
NEIGHBOURS = 150
"""So many on the ring share a neighbourhood, and with it some of their tastes."""
SPREAD_WEEK = 7


class People(NamedTuple):
    """The state of everybody; a block of people is the same, sliced."""

    need: Singles
    habit: Singles
    elsewhere: Singles
    trust: Singles
    fast: Singles
    slow: Singles
    tokens: Singles
    reminded: Singles
    appetite: Singles
    worth: Singles
    keen: Singles
    follows: Bytes
    left: Bytes
    quiet: Places
    hushed: Bytes
    bought: Places
    read: Places
    given: Places
    quota: Places
    buyer: Bytes


class Town(Struct, frozen=True, kw_only=True, eq=False):
    """A town before its first day: people, their ties, and what it is like."""

    people: int
    seed: int
    traits: Traits
    ties: Graph
    born: People
    ids: Integers
    sellers: Integers
    scans: Places
    first_day: int


def settle(
    people: int,
    seed: int,
    traits: Traits | None = None,
    *,
    ties: Graph | None = None,
    first_day: int = 20_454,
) -> Town:
    """Give a town its people; the same seed gives the same."""
    traits = traits or Traits()
    lot = np.random.Generator(np.random.SFC64((seed, people, 2)))
    everyone = np.arange(people, dtype=np.int64)
    numbers = NUMBERS_FROM + ((seed & ((1 << SEED_BITS) - 1)) << PEOPLE_BITS)
    return Town(
        people=people,
        seed=seed,
        traits=traits,
        ties=ties or graph(people, seed),
        born=_born(lot, people, traits),
        ids=numbers + everyone,
        sellers=np.flatnonzero(lot.random(people) < traits.sellers),
        scans=_scans(seed, everyone, traits),
        first_day=first_day,
    )


def _born(lot: np.random.Generator, people: int, traits: Traits) -> People:
    alike = np.exp(lot.normal(0, traits.kinship, people // NEIGHBOURS + 1) - traits.kinship**2 / 2)
    kin = np.repeat(alike, NEIGHBOURS)[:people]
    alikeness = traits.appetite_shape
    rate = lot.gamma(traits.need_shape, 1 / traits.need_weeks / SPREAD_WEEK, people)
    return People(
        need=(1 - np.exp(-rate * kin)).astype(np.float32),
        habit=_share(lot, traits.habit_here, people),
        elsewhere=_share(lot, traits.habit_elsewhere, people),
        trust=_share(lot, 0.5, people),
        fast=np.zeros(people, np.float32),
        slow=np.zeros(people, np.float32),
        tokens=np.full(people, 1, np.float32),
        reminded=np.zeros(people, np.float32),
        appetite=(lot.gamma(alikeness, 1 / alikeness, people) * kin).astype(np.float32),
        worth=np.ones(people, np.float32),
        keen=np.ones(people, np.float32),
        follows=(lot.random(people) < traits.following).astype(np.uint8),
        left=np.zeros(people, np.uint8),
        quiet=np.zeros(people, np.int32),
        hushed=np.zeros(people, np.uint8),
        bought=np.zeros(people, np.int32),
        read=np.zeros(people, np.int32),
        given=np.zeros(people, np.int32),
        quota=np.zeros(people, np.int32),
        buyer=np.zeros(people, np.uint8),
    )


def _share(lot: np.random.Generator, mean: float, people: int) -> Singles:
    """Give shares of one around a mean, as differing as people are."""
    return lot.beta(8 * mean, 8 * (1 - mean), people).astype(np.float32)


def _scans(seed: int, everyone: Integers, traits: Traits) -> Places:
    """Give the day on which each comes by the poster, if it hangs then."""
    if traits.scanning == 0:
        return np.full(len(everyone), NEVER, np.int32)
    waits: Floats = np.log1p(-rare(seed, 0, everyone, Purpose.SCAN)) / np.log1p(-traits.scanning)
    return np.minimum(waits, NEVER).astype(np.int32)


def copied(people: People) -> People:
    return People._make(held.copy() for held in people)


def sliced(people: People, low: int, high: int) -> People:
    """Give a block; what is written into it is written into the whole."""
    return People._make(held[low:high] for held in people)
