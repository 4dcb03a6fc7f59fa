"""Does a share beget shares? The reproduction number of a branching process, and how deep it goes.

Sources: T. E. Harris, Annals of Mathematical Statistics 19 (1948), the likeliest mean of a
Galton-Watson process: children by parents; J.-P. Dion, Annals of Statistics 3 (1975), the variance
of litters. Sums of different cascades add up.
"""

import math

import numpy as np
from msgspec import Struct

from jishi.gauges.types import Estimate, Integers

ROUNDS_MAX = 500
SMALL = 1e-12


class Litters(Struct, frozen=True):
    """How many parents had so many children: `parents[k]` had k."""

    parents: tuple[int, ...]

    def __add__(self, other: "Litters") -> "Litters":
        size = max(len(self.parents), len(other.parents))
        both = (each.parents + (0,) * (size - len(each.parents)) for each in (self, other))
        return Litters(tuple(one + two for one, two in zip(*both, strict=True)))


def litters(children: Integers) -> Litters:
    return Litters(tuple(np.bincount(children).tolist()))


def reproduction(sums: Litters) -> Estimate:
    """Give the children of a parent; those whose children are not all born are left out before."""
    sizes, parents = np.arange(len(sums.parents)), np.array(sums.parents)
    units = int(parents.sum())
    mean = float(np.dot(sizes, parents)) / units
    variance = float(np.dot((sizes - mean) ** 2, parents)) / (units - 1)
    return Estimate(value=mean, error=math.sqrt(variance / units))


def end(sums: Litters) -> float:
    """Give the probability that what one began dies out: 1 unless a parent has more than a child.

    It is the least fixed point of the generating function (H. W. Watson, F. Galton, Journal of the
    Anthropological Institute 4 (1875)), climbed to from nought.
    """
    parents = np.array(sums.parents, dtype=np.float64)
    shares, sizes = parents / parents.sum(), np.arange(len(parents))
    if float(np.dot(shares, sizes)) <= 1 and shares[1:2].sum() < 1:
        return 1.0
    chance = 0.0
    for _ in range(ROUNDS_MAX):
        onward = float(np.dot(shares, chance**sizes))
        if abs(onward - chance) < SMALL:
            break
        chance = onward
    return chance


def generation_size(mean: float, generations: int) -> float:
    """Give all that descend from one within so many generations, himself included."""
    if math.isclose(mean, 1.0):
        return float(generations + 1)
    return float((1 - mean ** (generations + 1)) / (1 - mean))
