"""Does commerce drive people away? A ladder of limits, held for good, and what each rung does.

Each person lives under one limit of contacts a week, for ever. What is compared is what the people
assigned to a rung still read, leavers counted as silent: among those who stayed, the rung that
drove most away looks best. The slope is per contact that came, not per contact allowed; what a
person read before takes away what it explains of the noise (A. Deng, Y. Xu, R. Kohavi, T. Walker,
WSDM 2013). Who stayed is counted week by week among those who were there when it began and were
seen through it (`jishi.gauges.survival`): who came lately counts for the weeks he was here.
"""

import math
from collections.abc import Sequence

import ibis
import numpy as np
from ibis import Table
from msgspec import Struct

from jishi.gauges.lake import Lake
from jishi.gauges.means import less, normal
from jishi.gauges.questions import ECOLOGY
from jishi.gauges.shares import garwood
from jishi.gauges.spreads import WEEK, Spread, spreads
from jishi.gauges.survival import LifeTable, errors, still_waiting
from jishi.gauges.terms import Terms
from jishi.gauges.trials import footing_of, pair
from jishi.gauges.types import Estimate, Reading, Seen
from jishi.gauges.verdicts import Footing
from jishi.gauges.windows import (
    assigned,
    by_unit,
    deeds,
    first_day,
    plan_of,
    total,
    with_deeds,
    within,
)

RUNGS = ("1", "2", "3", "5", "none")
RECENT_DAYS = 30
WEEKS_MIN, WEEKS_MAX = RECENT_DAYS // 7, 26
NEVER = 1 << 30
IN_THOUSAND = 1_000
OPEN, CONTACT, HARM, UNFOLLOW = range(4)
OTHER_HARMS = ("reject", "complaint", "mute_request")
HARMS = ("unfollow", *OTHER_HARMS)
MEASURES = ("activity", "before", "contacts", "early", "harms", "touches")


class Sums(Struct, frozen=True):
    """The rungs, which two are compared, and how long it lasted.

    Of each rung, the weeks say how many were here when it began, and how many left in it.
    """

    arms: dict[str, Spread]
    low: str
    current: str
    days: int
    planned: dict[str, float]


def expression(lake: Lake, _terms: Terms, newest: int) -> Table:
    """Give what each person read lately, at first and before, his contacts, harms, and weeks here.

    A week is 1 if he left in it, 0 if he stayed, nothing if it did not find him here or is not
    over. Who came within the last month has not been read of for a month.
    """
    units = assigned(lake, "ladder")
    units = units.filter(units.day + RECENT_DAYS <= newest + 1)
    rows = with_deeds(units, _done(lake))
    is_open, since = rows.kind == OPEN, rows.day >= rows.start
    is_recent = since & (rows.day > newest - RECENT_DAYS)
    is_early = within(rows.day, rows.start, RECENT_DAYS)
    is_before = within(rows.day, rows.start - RECENT_DAYS, RECENT_DAYS)
    # What was read in between counts for nothing, and is the most.
    rows = rows.filter(ibis.ifelse(is_open, is_recent | is_early | is_before, since))
    touches = total(rows.kind == CONTACT)
    found = by_unit(
        units,
        rows,
        activity=total(is_open & is_recent),
        before=total(is_open & is_before),
        early=total(is_open & is_early),
        contacts=touches * 7 / (newest + 1 - rows.start.min()),
        touches=touches,
        harms=total(rows.kind >= HARM),
        gone=first_day(rows.kind == UNFOLLOW, rows.day),
    )
    # To the week until which the average person was here: of later ones few could tell.
    weeks = min(WEEKS_MAX, max(WEEKS_MIN, plan_of(lake, "ladder", newest).seen // 7))
    return _stayed(found, weeks, newest).drop("day", "gone")


def _stayed(units: Table, weeks: int, newest: int) -> Table:
    """Tell of each week if who was here when it began left in it."""
    lasted = ibis.ifelse(units.gone > 0, units.gone - units.day, NEVER)
    found = {}
    for week in range(weeks):
        begins, ends = 7 * week, 7 * (week + 1)
        is_seen = (lasted >= begins) & (units.day + ends <= newest + 1)
        has_left = ibis.ifelse(lasted < ends, 1.0, 0.0)
        found[f"{WEEK}{week}"] = ibis.ifelse(is_seen, has_left, ibis.null("float64"))
    return units.mutate(**found)


def _done(lake: Lake) -> Table:
    """Give what people read, the harm they took, and the promotions that came, kinds as numbers."""
    sent = lake.contacts
    sent = sent.filter(sent.decision == "send", sent.kind == "promotion")
    kinds = {"article.open": OPEN, "unfollow": UNFOLLOW} | dict.fromkeys(OTHER_HARMS, HARM)
    parts = [_of_kind(deeds(lake, [name]), kind) for name, kind in kinds.items()]
    return _of_kind(sent, CONTACT).union(*parts)


def _of_kind(rows: Table, kind: int) -> Table:
    return rows.select("person_id", "day", kind=ibis.literal(kind, "int8"))


def gather(lake: Lake, terms: Terms, newest: int) -> Sums:
    """Ask the lake."""
    since = plan_of(lake, "ladder", newest)
    return Sums(
        arms=spreads(expression(lake, terms, newest), MEASURES),
        low=terms.low_arm,
        current=terms.current_arm,
        days=since.days,
        planned=since.planned,
    )


def measured(sums: Sums, level: float, _terms: Terms) -> dict[str, Reading]:
    """Give the slope per weekly contact, who left more (share), harms in a thousand contacts."""
    found = {}
    current = sums.arms.get(sums.current)
    two = pair(sums.arms, sums.current, sums.low)
    if two:
        many, few = two
        if weeks := sorted(many.weeks.keys() & few.weeks.keys()):
            loss = less(staying(few, weeks), staying(many, weeks))
            found["survival_loss"] = Reading(loss.value, normal(loss, level))
        if slope := _slope(many, few):
            found["slope"] = Reading(slope.value, normal(slope, level))
    if current is not None and (touches := current.totals["touches"]):
        harms, thousands = int(current.totals["harms"]), touches / IN_THOUSAND
        found["harm"] = Reading(harms / thousands, garwood(harms, thousands, level))
    return found


def staying(arm: Spread, weeks: Sequence[int]) -> Estimate:
    """Give the share that is still here after these weeks (Kaplan-Meier, Greenwood)."""
    table = LifeTable(
        at=np.array(weeks, np.float64),
        waiting=np.array([arm.weeks[week].units for week in weeks], np.float64),
        ended=np.array([[arm.weeks[week].total for week in weeks]]),
    )
    return Estimate(float(still_waiting(table)[-1]), float(errors(table)[-1]))


def _slope(many: Spread, few: Spread) -> Estimate | None:
    """Give the change of the logarithm of activity per further contact a week."""
    apart = many.moments("contacts").mean - few.moments("contacts").mean
    means = [_adjusted(arm, (many, few)) for arm in (many, few)]
    if apart <= 0 or min(each.value for each in means) <= 0:
        return None
    error = math.hypot(*(each.error / each.value for each in means))
    return Estimate(math.log(means[0].value / means[1].value) / apart, error / apart)


def _adjusted(arm: Spread, arms: tuple[Spread, ...]) -> Estimate:
    """Give an arm's mean activity as it would be had its people read before as all did."""
    both = [each.pairs("activity", "before") for each in arms]
    variance = sum((each.main.units - 1) * each.other.variance for each in both)
    covariance = sum((each.main.units - 1) * each.covariance for each in both)
    slope = covariance / variance if variance > 0 else 0.0
    everybody = sum(each.other.total for each in both) / sum(each.main.units for each in both)
    rest = arm.combined({"activity": 1.0, "before": -slope})
    return Estimate(rest.mean + slope * everybody, math.sqrt(rest.variance / rest.units))


def footing(sums: Sums, age_days: int) -> Footing:
    """Say what the verdict would stand on."""
    seen = Seen(sums.days, age_days, sums.planned)
    return footing_of(ECOLOGY, sums.arms, (sums.current, sums.low), seen, before="before")
