"""What the gauges of experiments share: two arms held side by side, and what they stand on."""

from collections.abc import Mapping, Sequence

from jishi.gauges.means import difference, fieller, mean, normal, quantile, share_left
from jishi.gauges.questions import Question
from jishi.gauges.shares import sample_ratio
from jishi.gauges.spreads import Spread
from jishi.gauges.types import Interval, Moments, Reading, Seen
from jishi.gauges.verdicts import SAMPLE_RATIO_MIN, Footing

Arms = Mapping[str, Spread]


def pair(arms: Arms, treated: str, control: str) -> tuple[Spread, Spread] | None:
    """Give two arms, if both have enough units to tell a spread."""
    found = arms.get(treated), arms.get(control)
    if found[0] is None or found[1] is None or min(each.units for each in found if each) < 2:  # noqa: PLR2004 - a variance needs two
        return None
    return found[0], found[1]


def ratio_of_means(treated: Moments, control: Moments, level: float) -> Reading:
    """Give by how many times one mean is the other, with Fieller's interval."""
    value = treated.mean / control.mean if control.mean else 0.0
    return Reading(value=value, interval=fieller(mean(treated), mean(control), level))


def difference_of_means(treated: Moments, control: Moments, level: float) -> Reading:
    found = difference(treated, control)
    return Reading(value=found.value, interval=normal(found, level))


def ratio_of_lifts(two: tuple[Spread, Spread], main: str, other: str, level: float) -> Reading:
    """Give the lift of one measure by the lift of another: what is left, or a Wald ratio."""
    treated, control = (arm.pairs(main, other) for arm in two)
    above = treated.main.mean - control.main.mean
    below = treated.other.mean - control.other.mean
    value = above / below if below else 0.0
    return Reading(value=value, interval=share_left(treated, control, level))


def shifted(reading: Reading, by: float) -> Reading:
    interval = Interval(low=reading.interval.low + by, high=reading.interval.high + by)
    return Reading(value=reading.value + by, interval=interval)


def footing_of(
    question: Question, arms: Arms, names: Sequence[str], seen: Seen, before: str = ""
) -> Footing:
    """Say what an experiment stands on; its units are those of the smallest arm.

    Before anything was done to them the arms must be alike in what is called `before`.
    """
    units = [arms[name].units if name in arms else 0 for name in names]
    return Footing(
        units=min(units),
        units_min=question.units_min,
        days=seen.days,
        days_min=question.days_min,
        sample_ratio=evenness(arms, names, seen.planned),
        is_placebo_quiet=are_alike(arms, names, before),
        age_days=seen.age_days,
    )


def evenness(arms: Arms, names: Sequence[str], planned: Mapping[str, float]) -> float:
    """Give the probability of arms so far from their plan; equal arms where there is no plan."""
    units = tuple(arms[name].units if name in arms else 0 for name in names)
    if not all(units):
        return 1.0
    shares = tuple(planned.get(name, 0.0) for name in names)
    return sample_ratio(units, shares if all(shares) else (1.0,) * len(names))


def are_alike(arms: Arms, names: Sequence[str], before: str) -> bool:
    """Tell whether the first and the last arm were alike before anything was done to them."""
    two = pair(arms, names[0], names[-1])
    if not before or two is None:
        return True
    found = difference(two[0].moments(before), two[1].moments(before))
    return abs(found.value) <= quantile(1 - SAMPLE_RATIO_MIN / 2) * found.error
