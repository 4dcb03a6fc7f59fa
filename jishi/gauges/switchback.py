"""One place, treated in some periods and not in others, by the toss of a coin.

Source: I. Bojinov, D. Simchi-Levi, J. Zhao, Design and Analysis of Switchback Experiments,
Management Science 69 (2023): a period counts when all that may still act on it was alike.
"""

import numpy as np
from msgspec import Struct

from jishi.gauges.types import Booleans, Floats


class Switchback(Struct, frozen=True):
    """A toss for each block of periods; an outcome remembers so many periods before its own."""

    block: int
    memory: int

    def tossed(self, periods: int, lot: np.random.Generator) -> Booleans:
        coins: Booleans = lot.integers(0, 2, -(-periods // self.block)).astype(np.bool_)
        return np.repeat(coins, self.block)[:periods]

    def effect(self, outcome: Floats, treated: Booleans) -> float:
        """Weigh each period by how likely so uniform a past was (Horvitz and Thompson).

        The first periods have no past that is known, and do not count.
        """
        at = np.arange(self.memory, len(outcome))
        sums = np.concatenate([[0], np.cumsum(treated)])
        run = sums[at + 1] - sums[at - self.memory]
        tosses = at // self.block - (at - self.memory) // self.block + 1
        weight = (run == self.memory + 1).astype(np.float64) - (run == 0)
        return float(np.mean(outcome[at] * weight * 2.0**tosses))

    def probability(
        self, outcome: Floats, treated: Booleans, draws: int, lot: np.random.Generator
    ) -> float:
        """Give the probability of so large an effect if there were none: by tossing again."""
        # Centred, so that the level of the outcome adds no noise of its own.
        level = outcome - outcome.mean()
        found = abs(self.effect(level, treated))
        again = [abs(self.effect(level, self.tossed(len(level), lot))) for _ in range(draws)]
        return (1 + sum(one >= found for one in again)) / (draws + 1)
