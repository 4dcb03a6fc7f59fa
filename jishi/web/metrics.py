"""Counts of what this process answered, as Prometheus reads them. Nothing of any person."""

from collections import Counter
from collections.abc import Iterator, Mapping

BUCKETS_MS = (5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000)


class Metrics:
    """Requests by route and status, and how long they took."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, int]] = Counter()
        self.buckets = [0] * (len(BUCKETS_MS) + 1)
        self.microseconds = 0

    def count(self, route: str, status: int, microseconds: int) -> None:
        """Count an answered request. Routes are templates, so there are only so many."""
        self.requests[route, status] += 1
        self.microseconds += microseconds
        for index, bound in enumerate(BUCKETS_MS):
            if microseconds <= bound * 1_000:
                self.buckets[index] += 1
                return
        self.buckets[-1] += 1

    def text(self, process: int, market: Mapping[str, int]) -> str:
        """Give everything in Prometheus's text format; each process counts for itself."""
        return "\n".join(self.lines(f'process="{process}"', market)) + "\n"

    def lines(self, label: str, market: Mapping[str, int]) -> Iterator[str]:
        """Give the lines of the text."""
        yield "# TYPE jishi_requests_total counter"
        for (route, status), count in sorted(self.requests.items()):
            yield f'jishi_requests_total{{{label},route="{route}",status="{status}"}} {count}'
        yield "# TYPE jishi_request_seconds histogram"
        total = 0
        for bound, count in zip((*BUCKETS_MS, None), self.buckets, strict=True):
            total += count
            edge = "+Inf" if bound is None else f"{bound / 1_000:g}"
            yield f'jishi_request_seconds_bucket{{{label},le="{edge}"}} {total}'
        yield f"jishi_request_seconds_sum{{{label}}} {self.microseconds / 1e6:.6f}"
        yield f"jishi_request_seconds_count{{{label}}} {total}"
        for name, count in sorted(market.items()):
            yield f"# TYPE jishi_market_{name} gauge"
            yield f"jishi_market_{name}{{{label}}} {count}"
