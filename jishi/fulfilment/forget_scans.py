"""Forget scans: what carriers noted of a buyer's parcels goes when he is forgotten."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries


class ForgetScans(Request, frozen=True, kw_only=True):
    """The buyer (`actor_id`) is forgotten; a carrier may have noted who took a parcel, and where.

    Refused: `scans_unknown` (nothing was noted).
    """


class ScansForgotten(Event, frozen=True, kw_only=True):
    """Of so many scans of the buyer's (`subject_id`) parcels only time and state are left."""

    scans_count: int


class Noted(msgspec.Struct, frozen=True):
    """How many scans of a buyer's parcels say something."""

    buyer_id: int
    scans: int


World = dict[int, int]
sql = queries(__file__)
noted = sql.many("noted", Noted)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[ForgetScans]) -> World:
    """Read how much was noted."""
    found = await noted(tx, buyer_ids=[each.actor_id for each in asked])
    return {each.buyer_id: each.scans for each in found}


def decide(world: World, asked: ForgetScans) -> ScansForgotten | Refused:
    """Accept where there is something to forget."""
    scans = world.pop(asked.actor_id, 0)
    if not scans:
        return Refused("scans_unknown")
    return ScansForgotten(subject_id=asked.actor_id, scans_count=scans)


async def record(tx: Tx, happened: Sequence[Happened[ForgetScans, ScansForgotten]]) -> None:
    """Forget them."""
    await write(tx, buyer_ids=[event.subject_id for _, event, _ in happened])


forget_scans = Act(ForgetScans, ScansForgotten, gather, decide, record)
