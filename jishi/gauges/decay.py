"""How a count changes within each sharer as he goes on: Poisson with a mean of his own for each.

Source: J. Hausman, B. H. Hall, Z. Griliches, Econometrica 52 (1984), the likelihood given each
one's total; J. M. Wooldridge, Journal of Econometrics 90 (1999), errors by sharer, which are true
for any counts whose mean is right.
"""

import numpy as np

from jishi.gauges.types import Estimate, Floats, Integers

ROUNDS_MAX = 50
SMALL = 1e-10
LEAST = -600.0


def within(sharer: Integers, counts: Floats, known: Floats) -> tuple[Estimate, ...]:
    """Give the slope of each known column on the logarithm of the expected count."""
    sharers = int(sharer.max()) + 1
    totals: Floats = np.bincount(sharer, weights=counts).astype(np.float64)
    slopes = np.zeros(known.shape[1])
    for _ in range(ROUNDS_MAX):
        expected, apart = _expected(sharer, totals, known, slopes)
        curve = (apart * expected[:, None]).T @ apart
        # Where all openings are at one end, no slope is the best: a step of nought ends it.
        step = np.linalg.lstsq(curve, apart.T @ (counts - expected), rcond=None)[0]
        slopes = slopes + step
        if float(np.abs(step).max()) < SMALL:
            break
    expected, apart = _expected(sharer, totals, known, slopes)
    bread = np.linalg.pinv((apart * expected[:, None]).T @ apart)
    rest = counts - expected
    scores = np.stack([np.bincount(sharer, weights=column * rest) for column in apart.T], axis=1)
    spread = bread @ (scores.T @ scores) @ bread * sharers / (sharers - 1)
    error = np.sqrt(np.diag(spread))
    return tuple(
        Estimate(value=float(v), error=float(e)) for v, e in zip(slopes, error, strict=True)
    )


def _expected(
    sharer: Integers, totals: Floats, known: Floats, slopes: Floats
) -> tuple[Floats, Floats]:
    """Share each one's total out, and take each one's own mean out of what is known."""
    height = known @ slopes
    # From the highest downwards: a sum of powers is never too great to be written.
    weight = np.exp(np.maximum(height - height.max(), LEAST))
    share = weight / np.bincount(sharer, weights=weight)[sharer]
    means = np.stack([np.bincount(sharer, weights=share * column) for column in known.T], axis=1)
    apart: Floats = known - means[sharer]
    expected: Floats = totals[sharer] * share
    return expected, apart
