"""Remove an identity: its person is known by it no more, and whoever proves it next is new."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries


class RemoveIdentity(Request, frozen=True, kw_only=True):
    """A person (`actor_id`) is known by this no more. Asked in the identity's book.

    Refused: `identity_unknown` (also when it is somebody else's).
    """

    digest: bytes


class IdentityRemoved(Event, frozen=True, kw_only=True):
    """The person (`subject_id`) is known by one thing less."""


class Known(msgspec.Struct, frozen=True):
    """An identity, and whose it is."""

    digest: bytes
    person_id: int


class World(msgspec.Struct):
    """Whose the identities are, by digest."""

    owners: dict[bytes, int]


sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[RemoveIdentity]) -> World:
    """Read whose they are."""
    found = await known(tx, digests=[each.digest for each in asked])
    return World({each.digest: each.person_id for each in found})


def decide(world: World, asked: RemoveIdentity) -> IdentityRemoved | Refused:
    """Accept what is his own."""
    if not asked.actor_id or world.owners.get(asked.digest) != asked.actor_id:
        return Refused("identity_unknown")
    del world.owners[asked.digest]
    return IdentityRemoved(subject_id=asked.actor_id)


async def record(tx: Tx, happened: Sequence[Happened[RemoveIdentity, IdentityRemoved]]) -> None:
    """Forget them."""
    await write(tx, **columns([(asked.digest,) for asked, _, _ in happened], "digests"))


remove_identity = Act(RemoveIdentity, IdentityRemoved, gather, decide, record)
