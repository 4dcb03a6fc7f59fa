"""Who may do what to whom among the staff: within what he may himself, at his own place of work."""

from collections.abc import Iterable, Sequence

import msgspec

from jishi.kernel import Refused, Tx, queries
from jishi.staff import rules

HEADS = ("owner", "operator")
"""The roles of whom each place of work keeps one."""


class Ranked(msgspec.Struct):
    """A member with his place of work and his roles."""

    staff_id: int
    works_in: int
    roles: list[str]
    is_here: bool

    @property
    def permissions(self) -> frozenset[str]:
        """Give what he may do."""
        return rules.permissions(self.works_in, self.roles) if self.is_here else frozenset()


class Heads(msgspec.Struct, frozen=True):
    """The owners, or operators, that are here at one place of work."""

    works_in: int
    staff_ids: list[int]


class Ranks(msgspec.Struct):
    """Everybody who asks or is asked about, and the heads of their places of work."""

    members: dict[int, Ranked]
    heads: dict[int, set[int]]


sql = queries(__file__)
ranked = sql.many("ranked", Ranked)
heads = sql.many("heads", Heads)


async def ranks(tx: Tx, staff_ids: Iterable[int], workplaces: Iterable[int]) -> Ranks:
    """Read these members, and who leads their places of work."""
    found = await ranked(tx, staff_ids=sorted(set(staff_ids)))
    led = await heads(tx, workplaces=sorted(set(workplaces)), roles=list(HEADS))
    return Ranks(
        {each.staff_id: each for each in found},
        {each.works_in: set(each.staff_ids) for each in led},
    )


def reason_against(
    known: Ranks, actor_id: int, works_in: int, wanted: Sequence[str] = ()
) -> Refused | None:
    """Give why this actor may not touch whoever has, or shall have, these roles there; or none.

    Whoever sits at the machine itself is 0, and may.
    """
    if actor_id == 0:
        return None
    actor = known.members.get(actor_id)
    if actor is None or actor.works_in not in {rules.MARKET, works_in}:
        return Refused("beyond_own_permissions")
    within = rules.permissions(works_in, wanted) <= actor.permissions
    if "staff" not in actor.permissions or not within:
        return Refused("beyond_own_permissions")
    return None


def is_last_head(known: Ranks, member: Ranked) -> bool:
    """Tell whether this member alone leads his place of work."""
    return known.heads.get(member.works_in, set()) == {member.staff_id}


def reason_against_touching(known: Ranks, actor_id: int, staff_id: int) -> Refused | None:
    """Give why this actor may not touch this member, or none; his own he may."""
    member = known.members.get(staff_id)
    if member is None or actor_id == staff_id:
        return None
    return reason_against(known, actor_id, member.works_in, member.roles)
