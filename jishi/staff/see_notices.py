"""See notices: a member has read what his shop was told, up to one of them."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries


class SeeNotices(Request, frozen=True, kw_only=True):
    """The member (`actor_id`) read up to the notice of this number; asked in the shop's book.

    Refused: `notice_unknown`, `notices_seen`.
    """

    number: int


class NoticesSeen(Event, frozen=True, kw_only=True):
    """Nothing up to this number is new to the member (`subject_id`)."""

    number: int


class Notice(msgspec.Struct, frozen=True):
    """A notice of the shop."""

    number: int


class Seen(msgspec.Struct, frozen=True):
    """How far a member has read."""

    staff_id: int
    number: int


class World(msgspec.Struct):
    """The notices there are, and how far each member has read."""

    numbers: set[int]
    seen: dict[int, int]


sql = queries(__file__)
notices = sql.many("notices", Notice)
seen = sql.many("seen", Seen)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[SeeNotices]) -> World:
    """Read the notices, and how far the members have read."""
    found = await notices(tx, numbers=[each.number for each in asked])
    known = await seen(tx, staff_ids=[each.actor_id for each in asked])
    return World({each.number for each in found}, {each.staff_id: each.number for each in known})


def decide(world: World, asked: SeeNotices) -> NoticesSeen | Refused:
    """Accept a notice of the shop that is newer than what was read."""
    if asked.number not in world.numbers:
        return Refused("notice_unknown")
    if asked.number <= world.seen.get(asked.actor_id, 0):
        return Refused("notices_seen")
    world.seen[asked.actor_id] = asked.number
    return NoticesSeen(subject_id=asked.actor_id, number=asked.number)


async def record(tx: Tx, happened: Sequence[Happened[SeeNotices, NoticesSeen]]) -> None:
    """Write how far each has read, the last of a batch."""
    rows = list({event.subject_id: event.number for _, event, _ in happened}.items())
    await write(tx, **columns(rows, "staff_ids", "numbers"))


see_notices = Act(SeeNotices, NoticesSeen, gather, decide, record)
