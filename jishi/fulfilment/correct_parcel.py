"""Correct a parcel: another carrier or number, for one that was told wrong."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi.fulfilment.parcels import rules
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries


class CorrectParcel(Request, frozen=True, kw_only=True):
    """Somebody of the staff (`actor_id`) tells the right number of a parcel.

    Refused: `parcel_unknown`, `order_elsewhere`, `parcel_untraceable`.
    """

    made: ClassVar[dict[str, object]] = {}

    parcel: int
    carrier: str
    tracking_number: str


class ParcelCorrected(Event, frozen=True, kw_only=True):
    """The parcel of this order (`subject_id`) is asked after by another number."""

    parcel: int
    carrier: str
    tracking_number: str


class Sent(msgspec.Struct, frozen=True):
    """A parcel, and where its order stands."""

    number: int
    order_id: int
    state: str


World = dict[int, Sent]
sql = queries(__file__)
read = sql.many("read", Sent)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[CorrectParcel]) -> World:
    """Read the parcels."""
    found = await read(tx, numbers=sorted({each.parcel for each in asked}))
    return {each.number: each for each in found}


def decide(world: World, asked: CorrectParcel) -> ParcelCorrected | Refused:
    """Accept while the order is not at its end."""
    sent = world.get(asked.parcel)
    if sent is None:
        return Refused("parcel_unknown")
    if sent.state not in {"partly_shipped", "shipped"}:
        return Refused("order_elsewhere", {"state": sent.state})
    if not rules.is_traceable(asked.carrier, asked.tracking_number):
        return Refused("parcel_untraceable")
    return ParcelCorrected(
        subject_id=sent.order_id, parcel=sent.number, carrier=asked.carrier,
        tracking_number=asked.tracking_number,
    )  # fmt: skip


async def record(tx: Tx, happened: Sequence[Happened[CorrectParcel, ParcelCorrected]]) -> None:
    """Write the corrections."""
    rows = [
        (number, event.parcel, event.carrier, event.tracking_number, asked.actor_id)
        for asked, event, number in happened
    ]
    names = ("numbers", "parcels", "carriers", "tracking_numbers", "staff_ids")
    await write(tx, **columns(rows, *names))


correct_parcel = Act(CorrectParcel, ParcelCorrected, gather, decide, record)
