"""Remove an authenticator: by its member, or by somebody above him when it is lost."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries
from jishi.staff import authenticators, ranks
from jishi.staff.authenticators import Authenticators
from jishi.staff.ranks import Ranks


class RemoveAuthenticator(Request, frozen=True, kw_only=True):
    """This member of this workplace signs in by his password alone again.

    Refused: `member_unknown`, `beyond_own_permissions`, `authenticator_missing`.
    """

    staff_id: int
    works_in: int


class AuthenticatorRemoved(Event, frozen=True, kw_only=True):
    """The member (`subject_id`) has no second step; his recovery codes are void."""

    works_in: int


class World(msgspec.Struct):
    """Who has one, and who asks."""

    held: Authenticators
    ranks: Ranks


sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[RemoveAuthenticator]) -> World:
    """Read who has one, and who asks."""
    staff_ids = [number for each in asked for number in (each.staff_id, each.actor_id)]
    return World(await authenticators.read(tx, staff_ids), await ranks.ranks(tx, staff_ids, []))


def decide(world: World, asked: RemoveAuthenticator) -> AuthenticatorRemoved | Refused:
    """Accept one that is there, from himself or from above."""
    held = world.held.get(asked.staff_id)
    if held is None or held.works_in != asked.works_in:
        return Refused("member_unknown")
    if refused := ranks.reason_against_touching(world.ranks, asked.actor_id, asked.staff_id):
        return refused
    if not held.number:
        return Refused("authenticator_missing")
    held.number = 0
    return AuthenticatorRemoved(subject_id=asked.staff_id, works_in=asked.works_in)


async def record(
    tx: Tx, happened: Sequence[Happened[RemoveAuthenticator, AuthenticatorRemoved]]
) -> None:
    """Write when."""
    await write(tx, staff_ids=[event.subject_id for _, event, _ in happened])


remove_authenticator = Act(RemoveAuthenticator, AuthenticatorRemoved, gather, decide, record)
