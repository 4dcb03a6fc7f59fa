"""Revoke a key of the API: it opens nothing from now on."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries


class RevokeApiKey(Request, frozen=True, kw_only=True):
    """This key is good no more.

    Refused: `api_key_unknown`, `api_key_revoked`.
    """

    key_id: int


class ApiKeyRevoked(Event, frozen=True, kw_only=True):
    """The key (`subject_id`) opens nothing."""


class Known(msgspec.Struct, frozen=True):
    """A key of this book."""

    key_id: int
    is_revoked: bool


class World(msgspec.Struct):
    """Whether each key is revoked already."""

    revoked: dict[int, bool]


sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[RevokeApiKey]) -> World:
    """Read the keys."""
    found = await known(tx, key_ids=[each.key_id for each in asked])
    return World({each.key_id: each.is_revoked for each in found})


def decide(world: World, asked: RevokeApiKey) -> ApiKeyRevoked | Refused:
    """Accept a key that is still good."""
    if asked.key_id not in world.revoked:
        return Refused("api_key_unknown")
    if world.revoked[asked.key_id]:
        return Refused("api_key_revoked")
    world.revoked[asked.key_id] = True
    return ApiKeyRevoked(subject_id=asked.key_id)


async def record(tx: Tx, happened: Sequence[Happened[RevokeApiKey, ApiKeyRevoked]]) -> None:
    """Write when."""
    await write(tx, key_ids=[event.subject_id for _, event, _ in happened])


revoke_api_key = Act(RevokeApiKey, ApiKeyRevoked, gather, decide, record)
