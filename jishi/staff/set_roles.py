"""Set the roles of a member: within what the one who asks may himself, and one owner stays."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.staff import ranks, rules
from jishi.staff.ranks import HEADS, Ranks


class SetRoles(Request, frozen=True, kw_only=True):
    """This member of this workplace has these roles from now on.

    Refused: `roles_unknown`, `member_unknown`, `member_left`, `beyond_own_permissions`,
    `last_owner`.
    """

    staff_id: int
    works_in: int
    roles: tuple[str, ...]


class RolesSet(Event, frozen=True, kw_only=True):
    """The member (`subject_id`) has these roles."""

    works_in: int
    roles: list[str]


sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[SetRoles]) -> Ranks:
    """Read who asks, who is asked about, and who leads."""
    staff_ids = [number for each in asked for number in (each.staff_id, each.actor_id)]
    return await ranks.ranks(tx, staff_ids, [each.works_in for each in asked])


def decide(world: Ranks, asked: SetRoles) -> RolesSet | Refused:
    """Accept roles that the one who asks could give, while somebody still leads."""
    if not rules.are_roles(asked.works_in, asked.roles):
        return Refused("roles_unknown")
    member = world.members.get(asked.staff_id)
    if member is None or member.works_in != asked.works_in:
        return Refused("member_unknown")
    if not member.is_here:
        return Refused("member_left")
    wanted = (*member.roles, *asked.roles)
    if refused := ranks.reason_against(world, asked.actor_id, asked.works_in, wanted):
        return refused
    leads = not set(HEADS).isdisjoint(asked.roles)
    if not leads and ranks.is_last_head(world, member):
        return Refused("last_owner")
    member.roles = list(asked.roles)
    led = world.heads.setdefault(asked.works_in, set())
    (led.add if leads else led.discard)(asked.staff_id)
    return RolesSet(subject_id=asked.staff_id, works_in=asked.works_in, roles=list(asked.roles))


async def record(tx: Tx, happened: Sequence[Happened[SetRoles, RolesSet]]) -> None:
    """Write the roles, the last of a batch."""
    last = {event.subject_id: ",".join(event.roles) for _, event, _ in happened}
    await write(tx, **columns(list(last.items()), "staff_ids", "roles"))


set_roles = Act(SetRoles, RolesSet, gather, decide, record)
