"""Several shops, several questions: what they say together.

Sources: R. DerSimonian, N. Laird, Controlled Clinical Trials 7 (1986); S. Holm, Scandinavian
Journal of Statistics 6 (1979).
"""

import math
from collections.abc import Sequence

from msgspec import Struct

from jishi.gauges.types import Estimate


class Pooled(Struct, frozen=True):
    """The mean over shops, the variance between them, and each shop drawn towards the mean."""

    mean: Estimate
    between: float
    shrunk: tuple[Estimate, ...]


def pooled(shops: Sequence[Estimate]) -> Pooled:
    weights = [1 / shop.error**2 for shop in shops]
    fixed = _weighted(shops, weights)
    spread = sum(w * (shop.value - fixed) ** 2 for w, shop in zip(weights, shops, strict=True))
    scale = sum(weights) - sum(w * w for w in weights) / sum(weights)
    between = max(0.0, (spread - (len(shops) - 1)) / scale) if scale > 0 else 0.0
    random = [1 / (shop.error**2 + between) for shop in shops]
    mean = Estimate(value=_weighted(shops, random), error=math.sqrt(1 / sum(random)))
    return Pooled(
        mean=mean, between=between, shrunk=tuple(_shrunk(shop, mean, between) for shop in shops)
    )


def _weighted(shops: Sequence[Estimate], weights: Sequence[float]) -> float:
    together = sum(w * shop.value for w, shop in zip(weights, shops, strict=True))
    return together / sum(weights)


def _shrunk(shop: Estimate, mean: Estimate, between: float) -> Estimate:
    own = between / (between + shop.error**2)
    error = math.hypot(math.sqrt(own) * shop.error, (1 - own) * mean.error)
    return Estimate(value=own * shop.value + (1 - own) * mean.value, error=error)


def holm(probabilities: Sequence[float], alpha: float) -> tuple[bool, ...]:
    """Say which are significant, so that one false alarm among all has probability alpha."""
    order = sorted(range(len(probabilities)), key=probabilities.__getitem__)
    significant = [False] * len(probabilities)
    for passed, place in enumerate(order):
        if probabilities[place] > alpha / (len(order) - passed):
            break
        significant[place] = True
    return tuple(significant)
