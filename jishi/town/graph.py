"""Who knows whom: ties between people who are alike, in triangles, with a heavy tail of degrees.

People stand on a ring, near to those who are like them. Each knows the next few on it, so many as
a lognormal lot says; friends of a friend are then mostly friends. Some ties go anywhere, to those
who have many already. D. J. Watts, S. H. Strogatz, Nature 393 (1998): near ties make the triangles,
far ones the short ways; A.-L. Barabási, R. Albert, Science 286 (1999): many come to many.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array

from jishi.town.draws import Bytes, Floats, Integers, Places

VERSION = 1
NEAR_MEDIAN, NEAR_SPREAD, NEAR_MAX = 8.0, 0.8, 400
NEAR_KEPT, FAR_SHARE = 0.93, 0.18
CLOSE_GAP = 12.0
"""So far apart on the ring a tie is half-way from the strongest to the weakest."""
STRENGTHS = 255
SAMPLE = 2_000
PAIRS_MAX = 40


class Graph(NamedTuple):
    """Ties in rows: those of person i lie between starts[i] and starts[i + 1]; both ways."""

    starts: Integers
    friends: Places
    strengths: Bytes


def graph(people: int, seed: int, folder: Path | None = None) -> Graph:
    """Draw the ties, or read them where they were drawn before."""
    if folder is None:
        return drawn(people, seed)
    file = folder / f"ties-{people}-{seed}-{VERSION}.npz"
    if file.exists():
        with np.load(file) as held:
            return Graph(*(held[name] for name in Graph._fields))
    found = drawn(people, seed)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(file, **found._asdict())
    return found


def drawn(people: int, seed: int) -> Graph:
    lot = np.random.Generator(np.random.SFC64((seed, people, 1)))
    one, other = _near(lot, people)
    far_one, far_other = _far(lot, people, one)
    ones, others = np.concatenate([one, far_one]), np.concatenate([other, far_other])
    strength = _strength(lot, np.abs(ones - others), people)
    both = (np.concatenate([ones, others]), np.concatenate([others, ones]))
    ties = coo_array((np.tile(strength, 2), both), shape=(people, people)).tocsr()
    return Graph(ties.indptr.astype(np.int64), ties.indices.astype(np.int32), ties.data)


def _near(lot: np.random.Generator, people: int) -> tuple[Places, Places]:
    reach = np.exp(lot.normal(np.log(NEAR_MEDIAN), NEAR_SPREAD, people))
    count = np.minimum(reach + 1, min(NEAR_MAX, (people - 1) // 2)).astype(np.int64)
    one = np.repeat(np.arange(people, dtype=np.int32), count)
    step = np.arange(len(one), dtype=np.int32) - np.repeat(
        (np.cumsum(count) - count).astype(np.int32), count
    )
    kept = lot.random(len(one), dtype=np.float32) < NEAR_KEPT
    one, step = one[kept], step[kept]
    return one, ((one + step + 1) % people).astype(np.int32)


def _far(lot: np.random.Generator, people: int, near: Places) -> tuple[Places, Places]:
    """Tie the ends of ties chosen by lot, so that who has many gets more."""
    wanted = int(len(near) * FAR_SHARE / (1 - FAR_SHARE))
    one = near[lot.integers(0, len(near), wanted)].astype(np.int64)
    other = near[lot.integers(0, len(near), wanted)].astype(np.int64)
    gap = np.abs(one - other)
    # A near tie may stand already where the two are near.
    apart = np.minimum(gap, people - gap) > min(NEAR_MAX, people // 4)
    low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
    keys = np.unique(low * people + high)
    return (keys // people).astype(np.int32), (keys % people).astype(np.int32)


def _strength(lot: np.random.Generator, gap: Places, people: int) -> Bytes:
    apart = np.minimum(gap, people - gap)
    closeness = 0.25 + 0.7 / (1 + apart / CLOSE_GAP) + lot.normal(0, 0.05, len(gap))
    held: Bytes = (np.clip(closeness, 0.05, 1) * STRENGTHS).astype(np.uint8)
    return held


def degrees(ties: Graph) -> Integers:
    return np.diff(ties.starts)


def clustering(ties: Graph, seed: int) -> float:
    """Estimate how often two friends of somebody know each other, over a sample of people."""
    lot = np.random.default_rng(seed)
    asked = lot.choice(len(ties.starts) - 1, min(SAMPLE, len(ties.starts) - 1), replace=False)
    return float(np.mean([_closed(ties, int(who), lot) for who in asked]))


def _closed(ties: Graph, who: int, lot: np.random.Generator) -> float:
    friends = _row(ties, who)
    if len(friends) < 2:  # noqa: PLR2004 - two make a pair
        return 0.0
    pairs = [lot.choice(friends, 2, replace=False) for _ in range(PAIRS_MAX)]
    return float(np.mean([bool((_row(ties, int(a)) == b).any()) for a, b in pairs]))


def _row(ties: Graph, who: int) -> Places:
    return ties.friends[ties.starts[who] : ties.starts[who + 1]]


def rows_of(ties: Graph, who: Integers) -> tuple[Integers, Integers]:
    """Give the ties of several people, one after another, and whose each is (a place in `who`)."""
    counts = ties.starts[who + 1] - ties.starts[who]
    whose = np.repeat(np.arange(len(who)), counts)
    before = np.cumsum(counts) - counts
    return ties.starts[who][whose] + np.arange(len(whose)) - before[whose], whose


def mean_degree(ties: Graph) -> float:
    counts: Floats = degrees(ties).astype(np.float64)
    return float(counts.mean())
