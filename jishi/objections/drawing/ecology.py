"""Ecology: what is still read of an account, by how much comes from it: the ladder's response.

What was read in the first month stands beside what is read now: it often points the other way.
"""

from collections.abc import Mapping

from jishi.gauges.ecology import Sums
from jishi.gauges.isotonic import responses
from jishi.gauges.means import mean
from jishi.gauges.spreads import Spread
from jishi.gauges.terms import Terms
from jishi.gauges.types import Reading
from jishi.objections.drawing.marks import LEVEL, mean_at, point
from jishi.objections.types import Limit, Plot, Series


def plot(sums: Sums, _readings: Mapping[str, Reading], _terms: Terms) -> Plot:
    """Draw each rung as it was read, and the response that never rises with more contacts."""
    rungs = sorted((each for each in sums.arms.values() if each.units > 1), key=dose)
    read, early = (
        Series(name, tuple(mean_at(dose(each), each.moments(measure)) for each in rungs))
        for name, measure in (("rungs", "activity"), ("first_month", "early"))
    )
    current = sums.arms.get(sums.current)
    here = (Limit(dose(current), "here"),) if current is not None and current in rungs else ()
    series = (read, _fitted(rungs), early) if read.points else ()
    return Plot("line", "contacts_a_week", "articles_in_30_days", series, (), here)


def dose(rung: Spread) -> float:
    """Give how many contacts a week came to a person of this rung."""
    return rung.moments("contacts").mean


def _fitted(rungs: list[Spread]) -> Series:
    """Give the falling response, with intervals that are true of all rungs at once."""
    read = [mean(each.moments("activity")) for each in rungs]
    if not all(each.error > 0 for each in read):
        return Series("response", ())
    found = zip(rungs, responses(read, LEVEL), strict=True)
    return Series("response", tuple(point(dose(each), reading) for each, reading in found))
