"""Adopt an id for a person: it is his who is recognised first, and nobody else's after that."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.people import rules


class AdoptId(Request, frozen=True, kw_only=True):
    """Somebody who was met (`actor_id`) shall be whoever is recognised by this digest.

    Two who sign in on one guest's device at once do not become one person.
    Refused: `digest_out_of_bounds`, `person_unknown` (not met), `id_adopted`.
    """

    digest: bytes


class IdAdopted(Event, frozen=True, kw_only=True):
    """The id (`subject_id`) is a person's."""


class Known(msgspec.Struct, frozen=True):
    """Somebody who was met, and whether his id is adopted."""

    person_id: int
    is_adopted: bool


class World(msgspec.Struct):
    """Those who were met, and of them the adopted."""

    met: set[int]
    adopted: set[int]


sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[AdoptId]) -> World:
    """Read who was met, and whose id is adopted."""
    found = await known(tx, person_ids=[each.actor_id for each in asked])
    return World(
        {each.person_id for each in found}, {each.person_id for each in found if each.is_adopted}
    )


def decide(world: World, asked: AdoptId) -> IdAdopted | Refused:
    """Accept the first who asks."""
    if not rules.is_digest(asked.digest):
        return Refused("digest_out_of_bounds")
    if asked.actor_id not in world.met:
        return Refused("person_unknown")
    if asked.actor_id in world.adopted:
        return Refused("id_adopted")
    world.adopted.add(asked.actor_id)
    return IdAdopted(subject_id=asked.actor_id)


async def record(tx: Tx, happened: Sequence[Happened[AdoptId, IdAdopted]]) -> None:
    """Write the adoptions."""
    rows = [(event.subject_id, asked.digest) for asked, event, _ in happened]
    await write(tx, **columns(rows, "person_ids", "digests"))


adopt_id = Act(AdoptId, IdAdopted, gather, decide, record)
