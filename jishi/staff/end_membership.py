"""End a membership: whoever left is out of every browser at once, and no link lets him back."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries
from jishi.staff import ranks
from jishi.staff.ranks import Ranks


class EndMembership(Request, frozen=True, kw_only=True):
    """This member of this workplace works there no more; his name stays his.

    Refused: `member_unknown`, `member_left`, `beyond_own_permissions`, `last_owner`.
    """

    staff_id: int
    works_in: int


class MembershipEnded(Event, frozen=True, kw_only=True):
    """The member (`subject_id`) is out."""

    works_in: int


sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[EndMembership]) -> Ranks:
    """Read who asks, who is asked about, and who leads."""
    staff_ids = [number for each in asked for number in (each.staff_id, each.actor_id)]
    return await ranks.ranks(tx, staff_ids, [each.works_in for each in asked])


def decide(world: Ranks, asked: EndMembership) -> MembershipEnded | Refused:
    """Accept a member who is still here, while somebody else leads."""
    member = world.members.get(asked.staff_id)
    if member is None or member.works_in != asked.works_in:
        return Refused("member_unknown")
    if not member.is_here:
        return Refused("member_left")
    if refused := ranks.reason_against_touching(world, asked.actor_id, asked.staff_id):
        return refused
    if ranks.is_last_head(world, member):
        return Refused("last_owner")
    member.is_here = False
    world.heads.get(asked.works_in, set()).discard(asked.staff_id)
    return MembershipEnded(subject_id=asked.staff_id, works_in=asked.works_in)


async def record(tx: Tx, happened: Sequence[Happened[EndMembership, MembershipEnded]]) -> None:
    """Write when, and end the sessions."""
    await write(tx, staff_ids=[event.subject_id for _, event, _ in happened])


end_membership = Act(EndMembership, MembershipEnded, gather, decide, record)
