"""Issue a link with which a member sets a password: an invitation, or the way back in."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.staff import ranks, rules
from jishi.staff.ranks import Ranks


class IssueLink(Request, frozen=True, kw_only=True):
    """This member of this workplace may set a password, once, within two days.

    Whoever asks made the link's secret and shows it once. A newer link ends the older ones.
    Refused: `member_unknown`, `member_left`, `beyond_own_permissions`,
    `digest_out_of_bounds`, `link_id_taken`.
    """

    made: ClassVar[dict[str, object]] = {"link_id": 0, "digest": ""}

    staff_id: int
    works_in: int
    link_id: int
    digest: str


class LinkIssued(Event, frozen=True, kw_only=True):
    """The member (`subject_id`) has a link."""

    works_in: int


class Link(msgspec.Struct, frozen=True):
    """A link whose number is taken."""

    link_id: int


class World(msgspec.Struct):
    """The members, and the numbers in use."""

    ranks: Ranks
    link_ids: set[int]


sql = queries(__file__)
links = sql.many("links", Link)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[IssueLink]) -> World:
    """Read the members, and which numbers are in use."""
    staff_ids = [number for each in asked for number in (each.staff_id, each.actor_id)]
    taken = await links(tx, link_ids=[each.link_id for each in asked])
    return World(await ranks.ranks(tx, staff_ids, []), {each.link_id for each in taken})


def decide(world: World, asked: IssueLink) -> LinkIssued | Refused:
    """Accept a link for somebody who works there."""
    member = world.ranks.members.get(asked.staff_id)
    if member is None or member.works_in != asked.works_in:
        return Refused("member_unknown")
    if not member.is_here:
        return Refused("member_left")
    if refused := ranks.reason_against_touching(world.ranks, asked.actor_id, asked.staff_id):
        return refused
    if not rules.DIGEST.fullmatch(asked.digest):
        return Refused("digest_out_of_bounds")
    if asked.link_id <= 0 or asked.link_id in world.link_ids:
        return Refused("link_id_taken")
    world.link_ids.add(asked.link_id)
    return LinkIssued(subject_id=asked.staff_id, works_in=asked.works_in)


async def record(tx: Tx, happened: Sequence[Happened[IssueLink, LinkIssued]]) -> None:
    """Write the links."""
    ends_at = tx.now + timedelta(hours=rules.LINK_HOURS)
    rows = [
        (asked.link_id, asked.staff_id, asked.digest, asked.actor_id, number)
        for asked, _, number in happened
    ]
    names = ("link_ids", "staff_ids", "digests", "actors", "numbers")
    await write(tx, **columns(rows, *names), ends_at=ends_at)


issue_link = Act(IssueLink, LinkIssued, gather, decide, record)
