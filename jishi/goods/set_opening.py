"""Set whether a shop trades: it opens when it says who it is, and stops with notice."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

import msgspec

from jishi.goods import keeping_rules
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries


class SetOpening(Request, frozen=True, kw_only=True):
    """Somebody of its staff (`actor_id`) lets a shop trade, on trial or for all, or stop.

    On trial it sells to whoever has its address and is found by nobody. It stops in so many days;
    what was ordered goes on. Refused: `shop_unknown`, `opening_unknown`, `licence_missing`,
    `shop_listed`, `notice_out_of_bounds`.
    """

    made: ClassVar[dict[str, object]] = {}

    state: str
    in_days: int


class OpeningSet(Event, frozen=True, kw_only=True):
    """The shop (its book) is on trial, open, or closing, and then closed from this time on."""

    state: str
    closes_at: datetime | None


class Kept(msgspec.Struct, frozen=True):
    """A shop: how it trades, on which ground, and whether it ever sold anything."""

    book: int
    is_listed: bool
    exemption: str
    has_sold: bool


class World(msgspec.Struct):
    """The shop of this book, and what time it is."""

    now: datetime
    shop: Kept | None


sql = queries(__file__)
kept = sql.one("kept", Kept)
write = sql.run("write")


async def gather(tx: Tx, _asked: Sequence[SetOpening]) -> World:
    """Read the shop."""
    return World(tx.now, await kept(tx))


def decide(world: World, asked: SetOpening) -> OpeningSet | Refused:
    """Accept opening of a shop whose seller is known, and closing with notice."""
    if world.shop is None:
        return Refused("shop_unknown")
    if asked.state not in keeping_rules.OPENINGS:
        return Refused("opening_unknown")
    if asked.state == "open" and world.shop.exemption == "none":
        return Refused("licence_missing")
    is_owed = world.shop.has_sold and world.shop.exemption != "sample"
    if asked.state == "trial" and world.shop.is_listed and is_owed:
        return Refused("shop_listed")
    closes_at = None
    if asked.state == "closing":
        days_min = keeping_rules.NOTICE_DAYS_MIN if is_owed and world.shop.is_listed else 0
        if not days_min <= asked.in_days <= keeping_rules.NOTICE_DAYS_MAX:
            return Refused("notice_out_of_bounds", {"days_min": days_min})
        closes_at = world.now + timedelta(days=asked.in_days)
    world.shop = msgspec.structs.replace(world.shop, is_listed=asked.state != "trial")
    return OpeningSet(subject_id=asked.book, state=asked.state, closes_at=closes_at)


async def record(tx: Tx, happened: Sequence[Happened[SetOpening, OpeningSet]]) -> None:
    """Write what was set, by whom."""
    rows = [
        (number, event.state, event.closes_at, asked.actor_id) for asked, event, number in happened
    ]
    await write(tx, **columns(rows, "numbers", "states", "closes_ats", "actor_ids"))


set_opening = Act(SetOpening, OpeningSet, gather, decide, record)
