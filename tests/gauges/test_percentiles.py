"""A percentile and its interval: at the right place, and covering the truth."""

import collections
import math

import numpy as np
import pytest

from jishi.gauges.percentiles import itself, percentile

PART, LEVEL = 0.95, 0.95
SEEDS, UNITS, FINE = 2_000, 400, 1_000


def test_it_is_the_value_of_its_rank() -> None:
    counted = {3: 5, 0: 94, 1: 1}  # in any order
    found = percentile(counted, 0.95, LEVEL, itself)
    assert found.value == 1
    assert (found.interval.low, found.interval.high) == (0, 3)
    alone = percentile({7: 1}, 0.95, LEVEL, itself)
    assert (alone.value, alone.interval.low, alone.interval.high) == (7, 7, math.inf)


def test_of_buckets_the_outer_ends_are_given() -> None:
    found = percentile({1: 50, 2: 50}, 0.5, LEVEL, lambda bucket: (bucket / 10, (bucket + 1) / 10))
    assert [found.value, found.interval.low, found.interval.high] == pytest.approx([0.2, 0.1, 0.3])


def test_the_interval_covers_the_truth() -> None:
    lot, covered = np.random.default_rng(15), 0
    truth = -math.log(1 - PART) * FINE  # of an exponential wait in buckets
    for _ in range(SEEDS):
        waits = (lot.exponential(FINE, UNITS)).astype(int).tolist()
        found = percentile(collections.Counter(waits), PART, LEVEL, ends).interval
        covered += found.low <= truth <= found.high
    # Between whole ranks it can only be wider than it says.
    assert 0.94 <= covered / SEEDS <= 0.98


def ends(bucket: int) -> tuple[float, float]:
    return float(bucket), float(bucket + 1)
