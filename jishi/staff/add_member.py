"""Add somebody to the staff of a shop or of the market; a link lets him set his password."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi.kernel import MARKET, Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.staff import ranks, rules
from jishi.staff.ranks import Ranks


class AddMember(Request, frozen=True, kw_only=True):
    """Somebody works in this book from now on; asked in the market's book.

    Refused: `wrong_book`, `login_name_out_of_bounds`, `roles_unknown`, `workplace_unknown`,
    `beyond_own_permissions`, `login_name_taken`, `too_many_members`, `staff_id_taken`.
    """

    made: ClassVar[dict[str, object]] = {"staff_id": 0}

    staff_id: int
    works_in: int
    name: str
    roles: tuple[str, ...]


class MemberAdded(Event, frozen=True, kw_only=True):
    """The member (`subject_id`) works there; his name is in no event."""

    works_in: int
    roles: list[str]


class Known(msgspec.Struct, frozen=True):
    """A member with one of these ids or names."""

    staff_id: int
    name: str


class Workplace(msgspec.Struct, frozen=True):
    """A book in which people can work, and how many do."""

    book: int
    members: int


class World(msgspec.Struct):
    """Which members and which workplaces there are."""

    staff_ids: set[int]
    names: set[str]
    members: dict[int, int]
    ranks: Ranks


sql = queries(__file__)
known = sql.many("known", Known)
workplaces = sql.many("workplaces", Workplace)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[AddMember]) -> World:
    """Read who is there already, and where people can work."""
    names = [each.name for each in asked if rules.NAME.fullmatch(each.name)]
    found = await known(tx, staff_ids=[each.staff_id for each in asked], names=names)
    places = await workplaces(tx, books=[each.works_in for each in asked])
    return World(
        {each.staff_id for each in found},
        {each.name for each in found},
        {each.book: each.members for each in places},
        await ranks.ranks(tx, [each.actor_id for each in asked], []),
    )


def decide(world: World, asked: AddMember) -> MemberAdded | Refused:  # noqa: PLR0911 - one a reason
    """Accept a new name for known roles, at a workplace that has room."""
    if asked.book != MARKET:
        return Refused("wrong_book")
    if not rules.NAME.fullmatch(asked.name):
        return Refused("login_name_out_of_bounds")
    if not rules.are_roles(asked.works_in, asked.roles):
        return Refused("roles_unknown")
    if asked.works_in not in world.members:
        return Refused("workplace_unknown")
    if refused := ranks.reason_against(world.ranks, asked.actor_id, asked.works_in, asked.roles):
        return refused
    if asked.name in world.names:
        return Refused("login_name_taken")
    if world.members[asked.works_in] >= rules.MEMBERS_MAX:
        return Refused("too_many_members", {"members_max": rules.MEMBERS_MAX})
    if asked.staff_id <= 0 or asked.staff_id in world.staff_ids:
        return Refused("staff_id_taken")
    world.names.add(asked.name)
    world.staff_ids.add(asked.staff_id)
    world.members[asked.works_in] += 1
    return MemberAdded(subject_id=asked.staff_id, works_in=asked.works_in, roles=list(asked.roles))


async def record(tx: Tx, happened: Sequence[Happened[AddMember, MemberAdded]]) -> None:
    """Write the members."""
    rows = [
        (event.subject_id, event.works_in, asked.name, ",".join(event.roles), asked.actor_id)
        for asked, event, _ in happened
    ]
    await write(tx, **columns(rows, "staff_ids", "workplaces", "names", "roles", "actors"))


add_member = Act(AddMember, MemberAdded, gather, decide, record)
