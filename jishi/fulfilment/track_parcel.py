"""Track a parcel: its carrier noted something of it that was not known here."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from jishi.fulfilment.tracking import rules
from jishi.fulfilment.tracking.types import Scan
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries


class TrackParcel(Request, frozen=True, kw_only=True):
    """The carrier told all this of the number; what is known of it already is passed over.

    Refused: `parcel_unknown`, `number_corrected`, `scans_unclear`, `no_news`, `too_many_scans`.
    """

    made: ClassVar[dict[str, object]] = {}

    parcel: int
    carrier: str
    tracking_number: str
    scans: tuple[Scan, ...]


class ParcelTracked(Event, frozen=True, kw_only=True):
    """There is news of a parcel of the order (`subject_id`); it stands so by its last scan.

    `was` is how it stood by what was known before; empty where nothing was.
    """

    parcel: int
    state: str
    scans_count: int
    was: str = ""


class Sent(msgspec.Struct, frozen=True):
    """A parcel, as it is asked after now."""

    number: int
    order_id: int
    carrier: str
    tracking_number: str


class Known(msgspec.Struct, frozen=True):
    """A scan that is kept."""

    parcel: int
    mark: str


class World(msgspec.Struct):
    """The parcels, the marks of what is known of each, and what time it is."""

    parcels: dict[int, Sent]
    known: dict[int, set[str]]
    now: datetime


sql = queries(__file__)
read = sql.many("read", Sent)
read_known = sql.many("read_known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[TrackParcel]) -> World:
    """Read the parcels, and what is known of them."""
    numbers = sorted({each.parcel for each in asked})
    found = await read(tx, numbers=numbers)
    known: dict[int, set[str]] = {number: set() for number in numbers}
    for each in await read_known(tx, numbers=numbers):
        known[each.parcel].add(each.mark)
    return World({each.number: each for each in found}, known, tx.now)


def decide(world: World, asked: TrackParcel) -> ParcelTracked | Refused:
    """Accept what is new of a number that the parcel has."""
    sent = world.parcels.get(asked.parcel)
    if sent is None:
        return Refused("parcel_unknown")
    if (sent.carrier, sent.tracking_number) != (asked.carrier, asked.tracking_number):
        return Refused("number_corrected")
    if not rules.are_scans(asked.scans, world.now):
        return Refused("scans_unclear")
    known = world.known[sent.number]
    new = {mark for mark, _ in marked(asked)} - known
    if not new:
        return Refused("no_news", is_final=False)
    if len(known) + len(new) > rules.SCANS_OF_A_PARCEL_MAX:
        return Refused("too_many_scans", {"scans_max": rules.SCANS_OF_A_PARCEL_MAX})
    was = last_state([scan for mark, scan in marked(asked) if mark in known])
    known |= new
    return ParcelTracked(
        subject_id=sent.order_id, parcel=sent.number, state=last_state(asked.scans),
        scans_count=len(new), was=was,
    )  # fmt: skip


def last_state(scans: Sequence[Scan]) -> str:
    """Give how a parcel stands by its last scan; empty without any."""
    return max(scans, key=lambda scan: scan.at).state if scans else ""


def marked(asked: TrackParcel) -> list[tuple[str, Scan]]:
    """Give what was told with its marks."""
    return [(rules.mark(asked.carrier, asked.tracking_number, each), each) for each in asked.scans]


async def record(tx: Tx, happened: Sequence[Happened[TrackParcel, ParcelTracked]]) -> None:
    """Write what is new of each parcel."""
    rows = [
        (
            number, position, asked.parcel, asked.carrier, asked.tracking_number, scan.at,
            scan.state, scan.place, scan.words, mark,
        )
        for asked, _, number in happened
        for position, (mark, scan) in enumerate(marked(asked), start=1)
    ]  # fmt: skip
    names = ("numbers", "positions", "parcels", "carriers", "tracking_numbers", "moments")
    await write(tx, **columns(rows, *names, "states", "places", "lines", "marks"))


track_parcel = Act(TrackParcel, ParcelTracked, gather, decide, record)
