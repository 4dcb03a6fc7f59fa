"""A percentile and its interval: at the right place, and covering the truth."""

import collections

import numpy as np
import pytest

from jishi.gauges.percentiles import itself, percentile

LEVEL, SEEDS, UNITS = 0.95, 1_000, 400


def test_it_is_the_value_of_its_rank() -> None:
    counted = {3: 5, 0: 94, 1: 1}  # in any order
    found = percentile(counted, 0.95, LEVEL, itself)
    assert found.value == 1
    assert (found.interval.low, found.interval.high) == (0, 3)
    assert percentile({7: 1}, 0.95, LEVEL, itself).value == 7


def test_of_buckets_the_outer_ends_are_given() -> None:
    found = percentile({1: 50, 2: 50}, 0.5, LEVEL, lambda bucket: (bucket / 10, (bucket + 1) / 10))
    assert [found.value, found.interval.low, found.interval.high] == pytest.approx([0.2, 0.1, 0.3])


def test_the_interval_covers_the_truth() -> None:
    lots, covered = np.random.default_rng(), 0
    truth = 4  # of a Poisson number with mean 1.6, 97.6 % are at most 4 and 92.1 % at most 3
    for _ in range(SEEDS):
        counted = collections.Counter(lots.poisson(1.6, UNITS).tolist())
        found = percentile(counted, 0.95, LEVEL, itself).interval
        covered += found.low <= truth <= found.high
    assert covered / SEEDS >= LEVEL - 0.02
