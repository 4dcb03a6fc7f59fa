"""From a lake to eight answers: what is asked, on what it stands, what may be said of it today.

The eight are judged together so that one wrong verdict among them has probability .10 (S. Holm,
Scandinavian Journal of Statistics 6 (1979)), on intervals that stay true however often one looks
(`jishi.gauges.sequences`).
"""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from scipy.stats import norm

from jishi.gauges.lake import Lake
from jishi.gauges.sequences import widening
from jishi.gauges.terms import Terms
from jishi.gauges.types import Reading
from jishi.gauges.verdicts import (
    Above,
    Below,
    Verdict,
    gates_closed,
    hangs_on,
    instruments_missing,
    judge_on,
    people_more,
    step_down,
)
from jishi.gauges.windows import newest_day
from jishi.objections.taking import TAKING, Asking, Folded, Taken
from jishi.objections.types import Answer, Measure

ERROR = 0.10
"""The probability of any wrong verdict among the eight."""

UNITS_MORE_MAX = 100
"""What would take a hundred times the people is not offered as a price."""

NOBODY: Folded = {}
EPOCH = date(1970, 1, 1)
UNITS = {
    "persistence": "ratio", "content_value_ratio": "ratio", "net_value": "fen",
    "margin_after_cost": "fen", "relation_ratio": "ratio", "conversion_ratio": "ratio",
    "slope": "per_contact", "decay": "ratio", "latency_p95_seconds": "seconds",
    "unexplained_differences": "count", "half_life": "count",
    "drift": "ratio", "repeat_ratio": "ratio",
    "promotion_orders": "ratio", "disputes": "count", "harm": "count", "breaks": "count",
    "settlement_days_p95": "count", "explained_days_p95": "count", "obligation": "ratio",
}  # fmt: skip
"""What a measure is counted in; a share, if it is not named."""

Bars = Sequence[Sequence[Below | Above]]


def answer_all(  # noqa: PLR0913 - what is asked, of what, and who listens
    lake: Lake,
    terms: Terms,
    today: int,
    *,
    is_simulated: bool,
    folded: Folded = NOBODY,
    tell: Callable[[int], object] = bool,
) -> tuple[Answer, ...]:
    """Answer the eight questions; `today` is a day since 1970-01-01.

    `folded` are the sums of the forgotten: no verdict changes because somebody left. After each
    question it tells how many were asked.
    """
    asking = _asking(lake, terms, today, is_simulated=is_simulated)._replace(folded=folded)
    judged = []
    for asked, take in enumerate(TAKING.values(), start=1):
        judged.append(Judged(take(asking)))
        tell(asked)
    verdicts = step_down({at: each.judge for at, each in enumerate(judged)}, ERROR)
    return tuple(
        each.answer(verdicts[at], today, is_simulated=is_simulated)
        for at, each in enumerate(judged)
    )


def answer_one(
    question: str, lake: Lake, terms: Terms, today: int, *, is_simulated: bool
) -> Answer:
    """Answer one question as carefully as the first of eight."""
    asking = _asking(lake, terms, today, is_simulated=is_simulated)
    judged = Judged(TAKING[question](asking))
    verdict = judged.judge(ERROR / len(TAKING))
    return judged.answer(verdict, today, is_simulated=is_simulated)


def _asking(lake: Lake, terms: Terms, today: int, *, is_simulated: bool) -> Asking:
    """Ask of a market's own rows, or of a town's: the one never judges the other."""
    own = Lake(*(table.filter(table.is_simulated == is_simulated) for table in lake))
    return Asking(own, terms, newest_day(own), today, NOBODY)


class Judged:
    """A question, and the error that it was last judged with."""

    def __init__(self, taken: Taken) -> None:
        self.taken = taken
        self.readings: Mapping[str, Reading] = {}

    def judge(self, alpha: float) -> Verdict:
        """Judge it so that it is wrong with this probability at most, looked at every day."""
        taken = self.taken
        # With fewer units there is no verdict: the first look that counts is at so many.
        planned = taken.question.units_min
        # It holds if any one of its ways is passed by luck: the error is shared among the ways.
        share = alpha / len(taken.question.claim.holds)
        reach = widening(max(planned, taken.footing.units), planned, share)
        self.readings = taken.measured(1 - 2 * float(norm.sf(reach)))
        intervals = {name: reading.interval for name, reading in self.readings.items()}
        return judge_on(taken.footing, taken.question.claim, intervals)

    def answer(self, verdict: Verdict, today: int, *, is_simulated: bool) -> Answer:
        """Say all that is to be said of it."""
        taken, footing = self.taken, self.taken.footing
        claim = taken.question.claim
        intervals = {name: reading.interval for name, reading in self.readings.items()}
        more = self.units_more(verdict)
        return Answer(
            question=taken.question.name,
            as_of=(EPOCH + timedelta(days=today)).isoformat(),
            is_simulated=is_simulated,
            verdict=verdict.value,
            measures=tuple(self.measure(name) for name in sorted(self.readings)),
            arms=taken.arms,
            sample_ratio=footing.sample_ratio,
            closed=gates_closed(footing),
            unripe=tuple(sorted(footing.unripe)),
            hangs_on=hangs_on(verdict, footing, claim, intervals),
            missing=instruments_missing(claim, intervals),
            units=footing.units,
            units_min=footing.units_min,
            days=footing.days,
            days_min=footing.days_min,
            units_more=more,
            days_more=days_more(more, footing.units, footing.days, footing.days_min),
            design=taken.design,
            plot=taken.plot,
            sql=taken.sql,
        )

    def measure(self, name: str) -> Measure:
        """Give a reading with the bars it is held against."""
        claim, reading = self.taken.question.claim, self.readings[name]
        return Measure(
            name=name,
            value=reading.value,
            low=_finite(reading.interval.low),
            high=_finite(reading.interval.high),
            unit=UNITS.get(name, "share"),
            holds_at=_bar_of(claim.holds, name),
            refuted_at=_bar_of(claim.refuted, name),
        )

    def units_more(self, verdict: Verdict) -> int:
        """Give how many more units would decide it if the numbers stay; 0 where none would."""
        footing, claim = self.taken.footing, self.taken.question.claim
        if verdict is Verdict.NOT_MEASURED:
            return max(0, footing.units_min - footing.units)
        if verdict is not Verdict.UNDECIDED:
            return 0
        ways = [self._way(way) for way in (*claim.holds, *claim.refuted)]
        return min((more for more in ways if more is not None), default=0)

    def _way(self, way: Sequence[Below | Above]) -> int | None:
        more, footing = 0, self.taken.footing
        for bar in way:
            reading = self.readings.get(bar.measure)
            if reading is None:
                return None
            needed = people_more(reading.interval, bar, footing.units)
            if needed is None or needed > UNITS_MORE_MAX * footing.units:
                return None
            times = footing.unripe.get(bar.measure, 1.0)
            more = max(more, needed, math.ceil(footing.units * (times - 1)))
        return more


def _finite(end: float) -> float | None:
    return end if math.isfinite(end) else None


def _bar_of(ways: Bars, name: str) -> float | None:
    return next((bar.limit for way in ways for bar in way if bar.measure == name), None)


def days_more(units: int, seen: int, days: int, days_min: int) -> int:
    """Give how many days it takes until so many more units come, at the pace until now."""
    waiting = math.ceil(units * days / seen) if units and seen else 0
    return max(waiting, days_min - days, 0)
