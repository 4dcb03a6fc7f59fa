"""Buying histories: who buys by habit, and whether buyers come back as they used to.

A habit has a rhythm: gaps between days of buying that vary less than they are long. What is
forecast is fitted to the histories before (`jishi.gauges.bg_nbd`); the forecast of a growing habit
falls short by a sixth, so nothing is ever judged by it.
"""

import ibis
import numpy as np
from ibis import Table
from msgspec import Struct

from jishi.gauges import bg_nbd
from jishi.gauges.types import Buyers
from jishi.gauges.windows import count_of, total

ACTIVE_DAYS, HABIT_DAYS = 90, 180
UNPROMPTED_MIN, GAPS_MIN = 3, 2
AHEAD_DAYS = 56
REPEATERS_MIN = 500


class Histories(Struct, frozen=True):
    """Who bought lately, by habit or not; purchases that came, and that were forecast (0 none)."""

    active: int
    habitual: int
    came: int
    forecast: float


def histories(orders: Table, newest: int) -> Histories:
    """Read histories from orders: `person_id`, `day`, `first` (his first day), `is_unprompted`."""
    by_day = orders.group_by("person_id", "day", "first").aggregate(
        unprompted=total(orders.is_unprompted)
    )
    active, habitual = _habits(by_day, newest)
    came, forecast = _forecast(by_day, newest)
    return Histories(active, habitual, came, forecast)


def _habits(by_day: Table, newest: int) -> tuple[int, int]:
    mine = ibis.window(group_by=by_day.person_id, order_by=by_day.day)
    near = by_day.filter(by_day.day > newest - HABIT_DAYS)
    near = near.mutate(gap=(near.day - near.day.lag().over(mine)).cast("int64"))
    buyers = near.group_by("person_id").aggregate(
        last=near.day.max(),
        unprompted=near.unprompted.sum(),
        gaps=near.gap.count(),
        days=near.gap.sum().fill_null(0),
        squares=(near.gap * near.gap).sum().fill_null(0),
    )
    # The variance of the gaps is below the square of their mean.
    is_regular = buyers.gaps * buyers.squares < 2 * buyers.days * buyers.days
    is_habit = is_regular & (buyers.gaps >= GAPS_MIN) & (buyers.unprompted >= UNPROMPTED_MIN)
    active, habitual = count_of(buyers.filter(buyers.last > newest - ACTIVE_DAYS), is_habit)
    return active, habitual


def _forecast(by_day: Table, newest: int) -> tuple[int, float]:
    """Give how many repeat purchases came of those who had bought, and how many were forecast."""
    cut = newest - AHEAD_DAYS
    known = by_day.filter(by_day["first"] <= cut)
    is_before = known.day <= cut
    each = known.group_by("person_id").aggregate(
        repeats=total(is_before & (known.day > known["first"])),
        last=((ibis.ifelse(is_before, known.day, known["first"]).max() - known["first"].min()) / 7),
        age=((cut - known["first"].min()) / 7),
        later=total(~is_before),
    )
    each = each.mutate(last=each["last"].floor(), age=each.age.floor())
    alike = each.group_by("repeats", "last", "age").aggregate(
        alike=each.count(), later=each.later.sum()
    )
    rows = alike.order_by("repeats", "last", "age").to_pyarrow()
    repeats, last, age, count, later = (
        rows[name].to_numpy().astype(np.float64) for name in rows.column_names
    )
    is_long = len(age) > 0 and float(age.max()) * 7 >= AHEAD_DAYS
    if not is_long or float(count[repeats > 0].sum()) < REPEATERS_MIN:
        return int(later.sum()), 0.0
    buyers = Buyers(repeats=repeats, last=last, age=age, alike=count)
    with np.errstate(all="ignore"):
        ahead = bg_nbd.purchases_ahead(bg_nbd.fit_nearly(buyers), buyers, AHEAD_DAYS / 7)
    expected = float(np.dot(count, ahead))
    return int(later.sum()), expected if np.isfinite(expected) and expected > 0 else 0.0
