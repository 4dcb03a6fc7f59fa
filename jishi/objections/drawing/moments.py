"""Moments: the openings of the first, second, third … share, over all sharers."""

from collections.abc import Mapping

import numpy as np

from jishi.gauges.moments import Sums
from jishi.gauges.terms import Terms
from jishi.gauges.types import Moments, Reading
from jishi.objections.drawing.marks import mean_at
from jishi.objections.types import Limit, Plot, Series

SHARES_SHOWN = 40


def plot(sums: Sums, readings: Mapping[str, Reading], _terms: Terms) -> Plot:
    """Draw it, and where openings halved; a share that one sharer alone came to is left out."""
    points = []
    place = sums.earlier.astype(np.int64)
    for number in range(min(SHARES_SHOWN, int(place.max()) + 1 if len(place) else 0)):
        opens = sums.opens[place == number]
        if len(opens) > 1:
            found = Moments(len(opens), float(opens.sum()), float(np.dot(opens, opens)))
            points.append(mean_at(number + 1, found))
    series = (Series("opens", tuple(points)),) if points else ()
    half = readings.get("half_life")
    is_near = half is not None and half.value <= len(points)
    marks = (Limit(half.value, "half_life"),) if half and is_near else ()
    return Plot("line", "share_number", "opens", series, (), marks)
