"""End a membership: whoever left is out of every browser at once, and no link lets him back."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries


class EndMembership(Request, frozen=True, kw_only=True):
    """This member of this workplace works there no more; his name stays his.

    Refused: `member_unknown`, `member_left`.
    """

    staff_id: int
    works_in: int


class MembershipEnded(Event, frozen=True, kw_only=True):
    """The member (`subject_id`) is out."""

    works_in: int


class Known(msgspec.Struct, frozen=True):
    """A member."""

    staff_id: int
    works_in: int
    is_here: bool


class World(msgspec.Struct):
    """The members, and whether they are here."""

    members: dict[tuple[int, int], bool]


sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[EndMembership]) -> World:
    """Read the members."""
    found = await known(tx, staff_ids=[each.staff_id for each in asked])
    return World({(each.staff_id, each.works_in): each.is_here for each in found})


def decide(world: World, asked: EndMembership) -> MembershipEnded | Refused:
    """Accept a member who is still here."""
    is_here = world.members.get((asked.staff_id, asked.works_in))
    if is_here is None:
        return Refused("member_unknown")
    if not is_here:
        return Refused("member_left")
    world.members[asked.staff_id, asked.works_in] = False
    return MembershipEnded(subject_id=asked.staff_id, works_in=asked.works_in)


async def record(tx: Tx, happened: Sequence[Happened[EndMembership, MembershipEnded]]) -> None:
    """Write when, and end the sessions."""
    await write(tx, staff_ids=[event.subject_id for _, event, _ in happened])


end_membership = Act(EndMembership, MembershipEnded, gather, decide, record)
