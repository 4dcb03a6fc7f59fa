"""What an event does to a pair of friends: weeks before and after, each pair beside itself.

Pairs have means of their own, and weeks of the calendar have theirs; what is left in the weeks
around the event, above the week before it, is the event's. Sources: L. S. Jacobson, R. J. LaLonde,
D. G. Sullivan, American Economic Review 83 (1993), the design; R. Frisch, F. V. Waugh, Econometrica
1 (1933), means taken out beforehand; K.-Y. Liang, S. L. Zeger, Biometrika 73 (1986), errors by
pair. Effects that differ between pairs that traded early and late are read well only beside pairs
that never traded (A. Goodman-Bacon, Journal of Econometrics 225 (2021)): hand those in too.
"""

import numpy as np
from msgspec import Struct

from jishi.gauges.types import Estimate, Floats, Integers

BEFORE = -1
"""The week that the others are held against."""

NEVER = -(10**6)
"""The week of the event, of a pair that has none."""

ROUNDS_MAX = 1_000
SMALL = 1e-11


class Weeks(Struct, frozen=True, eq=False):
    """A row for each pair and week: the pair (0, 1, 2 …), the week, how much passed between them.

    `since` is the week counted from the event, or NEVER.
    """

    pair: Integers
    week: Integers
    since: Integers
    passed: Floats


def course(rows: Weeks, first: int, last: int) -> dict[int, Estimate]:
    """Give the change in each week from the first to the last; further ones are those ends."""
    asked = [week for week in range(first, last + 1) if week != BEFORE]
    near = np.where(rows.since == NEVER, NEVER, np.clip(rows.since, first, last))
    known = (near[:, None] == np.array(asked)).astype(np.float64)
    left = _without_means(rows, np.column_stack([rows.passed, known]))
    passed, known = left[:, 0], left[:, 1:]
    bread = np.linalg.inv(known.T @ known)
    effects = bread @ (known.T @ passed)
    pairs = int(rows.pair.max()) + 1
    scores = np.zeros((pairs, len(asked)))
    np.add.at(scores, rows.pair, known * (passed - known @ effects)[:, None])
    spread = bread @ (scores.T @ scores) @ bread * pairs / (pairs - 1)
    error = np.sqrt(np.diag(spread))
    return {
        week: Estimate(value=float(effects[at]), error=float(error[at]))
        for at, week in enumerate(asked)
    }


def _without_means(rows: Weeks, columns: Floats) -> Floats:
    """Take pairs' and weeks' means out in turn until nothing is left of either."""
    left = columns
    for _ in range(ROUNDS_MAX):
        before = left
        for group in (rows.pair, rows.week - rows.week.min()):
            left = left - _means(group, left)[group]
        if float(np.abs(left - before).max()) < SMALL:
            break
    return left


def _means(group: Integers, columns: Floats) -> Floats:
    units = np.maximum(np.bincount(group), 1)
    sums = [np.bincount(group, weights=column) for column in columns.T]
    means: Floats = np.stack(sums, axis=1) / units[:, None]
    return means
