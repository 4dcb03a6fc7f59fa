"""How long a follower takes to his first order; to leave before it is another end of waiting."""

from collections.abc import Sequence

import ibis
import numpy as np
from ibis import Table
from msgspec import Struct

from jishi.gauges.lake import Lake
from jishi.gauges.survival import ended_so, ended_so_errors, life_table
from jishi.gauges.types import Estimate
from jishi.gauges.windows import deeds, first_day, with_deeds

ORDERED, LEFT, WAITING = 0, 1, -1
NEVER = 1 << 30


class Waits(Struct, frozen=True):
    """How many followers of an arm waited so many days, and how it ended."""

    arm: str
    days: int
    ending: int
    units: int


def waits_of(lake: Lake, units: Table, horizon: int, newest: int) -> tuple[Waits, ...]:
    """Give how long the followers among units waited for their first order, by arm."""
    rows = with_deeds(units, deeds(lake, ("follow", "order.pay", "unfollow"), "type"))
    since = rows.filter(rows.day >= rows.start)
    first = since.group_by("unit_id", "arm").aggregate(
        followed=first_day(since.type == "follow", since.day),
        ordered=first_day(since.type == "order.pay", since.day),
        left=first_day(since.type == "unfollow", since.day),
    )
    first = first.filter(first.followed.notnull())
    end = ibis.least(first.followed + horizon, newest + 1)
    ordered, left = first.ordered.fill_null(NEVER), first.left.fill_null(NEVER)
    until = ibis.least(ordered, left, end)
    ending = ibis.cases((until == end, WAITING), (ordered == until, ORDERED), else_=LEFT)
    seen = first.select(arm="arm", days=ibis.greatest(until - first.followed, 0), ending=ending)
    found = seen.group_by("arm", "days", "ending").aggregate(units=seen.count())
    rows = found.order_by("arm", "days", "ending").to_pyarrow().to_pylist()
    return tuple(Waits(**row) for row in rows)


def ordered(waits: Sequence[Waits], arm: str) -> Estimate | None:
    """Give the share of an arm's followers who ordered before they left, or the horizon."""
    mine = [each for each in waits if each.arm == arm]
    if not any(each.ending == ORDERED for each in mine):
        return None
    units = [each.units for each in mine]
    table = life_table(
        np.repeat([float(each.days) for each in mine], units),
        np.repeat([each.ending for each in mine], units),
        2,
    )
    share, error = ended_so(table, ORDERED), ended_so_errors(table, ORDERED)
    return Estimate(float(share[-1]), float(error[-1]))
