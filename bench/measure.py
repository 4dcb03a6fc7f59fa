"""What a measurement is: how many, in how long, and how long one took."""

from collections.abc import Sequence

import msgspec


class Measured(msgspec.Struct, frozen=True):
    """Orders or pages a second; the median and the 99th percentile of one, in milliseconds."""

    count: int
    per_second: float
    p50_ms: float
    p99_ms: float


def measured(count: int, seconds: float, took: Sequence[float]) -> Measured:
    """Sum up: `took` holds the seconds of each."""
    ordered = sorted(took) or [0.0]
    return Measured(
        count=count,
        per_second=round(count / seconds, 1),
        p50_ms=round(ordered[len(ordered) // 2] * 1000, 2),
        p99_ms=round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] * 1000, 2),
    )
