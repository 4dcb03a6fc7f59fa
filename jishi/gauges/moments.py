"""Does selling among friends burn out? Openings a share as a sharer goes on, and who is reached.

The decay is within each sharer (see `jishi.gauges.decay`), so that those who stop early do not
bend it. Breakout is the share of buyers who were not reached by the sharer himself; reproduction
is new sharers a sharer (`jishi.gauges.cascades`). Obligation is how much likelier an order through
a share is regretted than another.
"""

import math

import ibis
import numpy as np
from ibis import Table
from msgspec import Struct

from jishi.gauges.cascades import Litters, reproduction
from jishi.gauges.decay import within
from jishi.gauges.lake import Lake
from jishi.gauges.means import normal
from jishi.gauges.operation import OVER_DAYS, WRONG
from jishi.gauges.questions import MOMENTS
from jishi.gauges.shares import garwood, wilson
from jishi.gauges.terms import Terms
from jishi.gauges.trials import ratio_of_means
from jishi.gauges.types import Floats, Integers, Interval, Reading, successes
from jishi.gauges.verdicts import Footing
from jishi.gauges.windows import count_of, deeds, total

OPEN_DAYS = 7
FAR = 2
"""A buyer two hands away was not the sharer's to persuade."""

YEAR_WEEKS, SEASON_WEEKS = 52, 26
"""Within less than half a year a season looks like the wear itself."""

WEARS = -0.01
"""With less wear than this openings never halve: after 2^100 shares there is nobody to share."""

BAD_STARS = 2
"""So many stars of five, or fewer, are a regret."""

SHARES_MIN = 10
"""Sharers with fewer shares say little of how theirs wear out."""


class Sums(Struct, frozen=True, eq=False):
    """Each share: its sharer (0, 1, 2 …), openings in a week, how many came before, its week.

    Beside them buyers through shares, those far away, how many sharers made how many, and of the
    orders through shares and the others: how many are over, how many of those were regretted.
    """

    sharer: Integers
    opens: Floats
    earlier: Floats
    week: Integers
    buyers: int
    far: int
    litters: Litters
    regrets: dict[str, tuple[int, int]]
    days: int


def expression(lake: Lake, _terms: Terms, newest: int) -> Table:
    """Give each share with its openings of the first week; younger ones are left out."""
    shares = deeds(lake, ["share.create"], "share_id", "at")
    by_age = ibis.window(group_by=shares.person_id, order_by=[shares.at, shares.share_id])
    shares = shares.mutate(earlier=ibis.row_number().over(by_age))
    opens = deeds(lake, ["share.open"], "share_id").select(of="share_id", opened="day")
    rows = shares.filter(shares.day + OPEN_DAYS <= newest + 1)
    rows = rows.left_join(opens, [("share_id", "of")])
    near = (rows.opened >= rows.day) & (rows.opened < rows.day + OPEN_DAYS)
    return rows.group_by("person_id", "share_id", "day", "earlier").aggregate(opens=total(near))


def gather(lake: Lake, terms: Terms, newest: int) -> Sums:
    """Ask the lake."""
    shares = expression(lake, terms, newest)
    known = shares.select("person_id", "earlier", "opens", "day").to_pyarrow()
    person, day = (np.asarray(known[name], dtype=np.int64) for name in ("person_id", "day"))
    _, sharer = np.unique(person, return_inverse=True)
    orders = deeds(lake, ["order.pay"], "share_id", "depth")
    orders = orders.filter(orders.share_id != 0)
    buyers, far = count_of(orders, orders.depth >= FAR)
    return Sums(
        sharer=sharer.astype(np.int64),
        opens=np.asarray(known["opens"], dtype=np.float64),
        earlier=np.asarray(known["earlier"], dtype=np.float64),
        week=(day - day.min()) // 7 if len(day) else day,
        buyers=buyers,
        far=far,
        litters=_branching(lake),
        regrets=_regrets(lake, newest),
        days=newest + 1 - int(day.min()) if len(day) else 0,
    )


def _regrets(lake: Lake, newest: int) -> dict[str, tuple[int, int]]:
    rows = lake.events
    orders = rows.filter(rows.type == "order.pay", rows.day + OVER_DAYS <= newest)
    orders = orders.select("object_id", is_shared=orders.share_id != 0)
    is_bad = (rows.type == "review.post") & (rows.value <= BAD_STARS)
    wrong = rows.filter(rows.type.isin(WRONG) | is_bad).select("object_id").distinct()
    regretted = orders.semi_join(wrong, "object_id")
    made, through = count_of(orders, orders.is_shared)
    bad, bad_through = count_of(regretted, regretted.is_shared)
    return {"shared": (through, bad_through), "others": (made - through, bad - bad_through)}


def _branching(lake: Lake) -> Litters:
    """Count the sharers by how many first shares were made after one of theirs."""
    shares = deeds(lake, ["share.create"], "at", "share_id", "touch_id")
    mine = ibis.window(group_by=shares.person_id, order_by=[shares.at, shares.share_id])
    shares = shares.mutate(number=ibis.row_number().over(mine))
    first = shares.filter(shares.number == 0)
    born = first.filter(first.touch_id != 0).select(of="touch_id")
    made = born.inner_join(shares, [("of", "share_id")])
    made = made.group_by("person_id").aggregate(children=made.count())
    found = made.group_by("children").aggregate(parents=made.count()).to_pyarrow().to_pylist()
    parents = np.zeros(max((row["children"] for row in found), default=0) + 1, np.int64)
    for row in found:
        parents[row["children"]] = row["parents"]
    parents[0] = count_of(first)[0] - parents.sum()
    return Litters(tuple(parents.tolist()))


def measured(sums: Sums, level: float, _terms: Terms) -> dict[str, Reading]:
    """Give the decay, after how many shares openings halve, breakout, reproduction, obligation."""
    found = {}
    # Whose shares nobody ever opened says nothing of how openings change.
    opened = np.bincount(sums.sharer, weights=sums.opens) > 0
    enough = opened & (np.bincount(sums.sharer) >= SHARES_MIN)
    if enough.sum() > 1:
        decay = within(*_columns(sums, enough[sums.sharer]))[0]
        found["decay"] = Reading(decay.value, normal(decay, level))
        half_life = halved(found["decay"])
        if math.isfinite(half_life.value):
            found["half_life"] = half_life
    if sums.buyers:
        interval = wilson(sums.far, sums.buyers, level)
        found["breakout"] = Reading(sums.far / sums.buyers, interval)
    if sum(sums.litters.parents) > 1:
        found["reproduction"] = _reproduced(sums.litters, level)
    shared, others = (
        successes(bad, orders) for orders, bad in (sums.regrets["shared"], sums.regrets["others"])
    )
    if min(shared.units, others.units) > 1 and others.total:
        found["obligation"] = ratio_of_means(shared, others, level)
    return found


def halved(decay: Reading) -> Reading:
    """Give the share at which half as many open, (1 + shares before)^b = 1/2; or never."""
    value, low, high = (
        2 ** (-1 / slope) if slope < WEARS else math.inf
        for slope in (decay.value, decay.interval.low, decay.interval.high)
    )
    return Reading(value, Interval(low, high))


def _reproduced(found: Litters, level: float) -> Reading:
    """Give new sharers a sharer; of that of litters and that of rare events, the wider interval.

    A few have most children, which the one knows; of no child at all only the other says anything.
    """
    sharers = sum(found.parents)
    made = sum(children * parents for children, parents in enumerate(found.parents))
    estimate, rare = reproduction(found), garwood(made, sharers, level)
    near = normal(estimate, level)
    return Reading(
        estimate.value, Interval(max(0.0, min(rare.low, near.low)), max(rare.high, near.high))
    )


def _columns(sums: Sums, kept: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[
    Integers, Floats, Floats
]:  # fmt: skip
    """Give sharer, openings, and what is known of each share: its place, and the season's waves."""
    _, sharer = np.unique(sums.sharer[kept], return_inverse=True)
    known, week = [np.log1p(sums.earlier[kept])], sums.week[kept]
    if week.max() - week.min() >= SEASON_WEEKS:
        turn = 2 * math.pi * week / YEAR_WEEKS
        known += [np.sin(turn), np.cos(turn)]
    return sharer.astype(np.int64), sums.opens[kept], np.stack(known, axis=1)


def footing(sums: Sums, age_days: int) -> Footing:
    """Say what the verdict would stand on: sharers with enough shares."""
    counts = np.bincount(sums.sharer) if len(sums.sharer) else np.zeros(0, np.int64)
    return Footing(
        units=int((counts >= SHARES_MIN).sum()),
        units_min=MOMENTS.units_min,
        days=sums.days,
        days_min=MOMENTS.days_min,
        sample_ratio=1.0,
        is_placebo_quiet=True,
        age_days=age_days,
    )
