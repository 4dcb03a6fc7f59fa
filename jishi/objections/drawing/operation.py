"""Operation: do orders go wrong more often of late? A moving average with its control limits."""

from collections.abc import Mapping

import numpy as np

from jishi.gauges.alarms import Average, deviations
from jishi.gauges.operation import Sums
from jishi.gauges.terms import Terms
from jishi.gauges.types import Reading
from jishi.objections.types import Limit, Plot, Point, Series

DAYS_SHOWN = 90


def plot(sums: Sums, _readings: Mapping[str, Reading], _terms: Terms) -> Plot:
    """Draw it, in deviations of a day from what is usual here; beyond a line something changed."""
    if not sums.course:
        return Plot("line", "days_before", "wrong_orders", (), ())
    days = np.arange(min(sums.course), max(sums.course) + 1)
    done = np.array([sums.course.get(day, (0, 0)) for day in days.tolist()], dtype=np.float64)
    wrong = done[:, 0] - done[:, 1]
    average = Average()
    course = average.course(deviations(wrong, done[:, 0] * wrong.sum() / done[:, 0].sum()))
    points = tuple(
        Point(float(day), value, value, value)
        for day, value in zip(days - days[-1], course.tolist(), strict=True)
    )
    limits = (Limit(average.reach, "alarm"), Limit(-average.reach, "better"))
    series = (Series("wrong", points[-DAYS_SHOWN:]),)
    return Plot("line", "days_before", "wrong_orders", series, limits)
