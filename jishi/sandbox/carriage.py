"""A carrier that plays here: what he is asked after moves by the sandbox's clock until it is there.

He has a parcel from the first time somebody asks after it. Where it is follows from that moment
and the clock alone, unless trouble was armed for it: then it is lost, or goes back.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Lenient, Refusal, bad_parameter
from jishi.sandbox.calls import ControlCall
from jishi.sandbox.doors import control

LABEL = re.compile(r"[0-9A-Za-z-]{1,40}")
CARRIED_MAX = 60
TROUBLES = ("", "lost", "returned")
FIRST = (
    (timedelta(0), "accepted", "寄件网点", "快件已揽收"),
    (timedelta(hours=2), "in_transit", "寄件地转运中心", "快件离开寄件地"),
    (timedelta(hours=20), "in_transit", "收件地转运中心", "快件到达收件地"),
)
LAST = {
    "": (
        (timedelta(hours=24), "out_for_delivery", "收件网点", "快递员正在派送"),
        (timedelta(hours=28), "delivered", "收件网点", "快件已签收"),
    ),
    "lost": (
        (timedelta(hours=26), "troubled", "收件地转运中心", "快件出了问题，正在查找"),
        (timedelta(hours=96), "lost", "收件地转运中心", "快件找不到了，按丢失处理"),
    ),
    "returned": (
        (timedelta(hours=24), "out_for_delivery", "收件网点", "快递员正在派送"),
        (timedelta(hours=28), "troubled", "收件网点", "收件人拒收，快件退回"),
        (timedelta(hours=52), "returned", "寄件网点", "快件已退回寄件人"),
    ),
}
"""What is noted so long after a parcel was accepted, by what becomes of it."""


class Queried(Lenient, frozen=True):
    """A parcel that somebody asks after."""

    carrier: str
    tracking_number: str
    phone_tail: str = ""


class Armed(Lenient, frozen=True):
    """What shall become of a parcel: `lost`, `returned`, or, empty, nothing bad."""

    carrier: str
    tracking_number: str
    trouble: str


class Noted(Struct, frozen=True):
    """What the carrier noted, as his interface tells it."""

    at: datetime
    state: str
    place: str
    words: str


class Answer(Struct, frozen=True):
    """All that was noted of a parcel, the oldest first."""

    scans: list[Noted]


class Carried(Struct, frozen=True):
    """A parcel that the carrier has."""

    carrier: str
    tracking_number: str
    accepted_at: datetime
    trouble: str


class Shown(Struct, frozen=True):
    """A parcel, and how it stands now; `may_fail`: what becomes of it can still be chosen."""

    parcel: Carried
    scans: list[Noted]
    may_fail: bool


class Parcels(Struct, frozen=True):
    """The parcels that were asked after, the newest first."""

    parcels: list[Shown]


sql = queries(__file__)
accept = sql.one("accept", Carried)
newest = sql.many("newest", Carried)
arm = sql.run("arm")


@control("POST", "/sandbox/carrier/queries")
async def tell(call: ControlCall, asked: Queried) -> Answer | Refusal:
    """Tell where a parcel is; one that nobody asked after before was just accepted."""
    if not is_number(asked.carrier) or not is_number(asked.tracking_number):
        return Refusal(404, "NOT_FOUND", "nobody gave us such a parcel")
    found = await accept(call.tx, carrier=asked.carrier, tracking_number=asked.tracking_number)
    assert found is not None
    return Answer(course(found, call.now))


@control("GET", "/sandbox/carrier/parcels")
async def show(call: ControlCall) -> Parcels:
    """Show what was asked after, and how it stands."""
    return Parcels(shown(await newest(call.tx, carried_max=CARRIED_MAX), call.now))


@control("POST", "/sandbox/carrier/troubles")
async def make_trouble(call: ControlCall, asked: Armed) -> Refusal | None:
    """Choose what becomes of a parcel, while it is not with the courier yet."""
    if asked.trouble not in TROUBLES:
        return bad_parameter("/trouble", "lost, returned, or empty")
    known = await newest(call.tx, carried_max=CARRIED_MAX)
    which = (asked.carrier, asked.tracking_number)
    its = [each for each in known if (each.carrier, each.tracking_number) == which]
    if not its:
        return Refusal(404, "NOT_FOUND", "nobody asked after this parcel")
    if not may_fail(its[0], call.now):
        return bad_parameter("/trouble", "none any more: it is with the courier")
    await arm(
        call.tx, carrier=asked.carrier, tracking_number=asked.tracking_number,
        trouble=asked.trouble,
    )  # fmt: skip
    return None


def is_number(text: str) -> bool:
    """Tell whether this can stand on a label."""
    return LABEL.fullmatch(text) is not None


def course(parcel: Carried, now: datetime) -> list[Noted]:
    """Give what was noted of a parcel by now."""
    noted = (
        Noted(parcel.accepted_at + after, state, place, words)
        for after, state, place, words in (*FIRST, *LAST[parcel.trouble])
    )
    return [each for each in noted if each.at <= now]


def may_fail(parcel: Carried, now: datetime) -> bool:
    """Tell whether what becomes of a parcel is still open."""
    return now < parcel.accepted_at + LAST[""][0][0]


def shown(parcels: Sequence[Carried], now: datetime) -> list[Shown]:
    """Give parcels as they stand now."""
    return [Shown(each, course(each, now), may_fail(each, now)) for each in parcels]
