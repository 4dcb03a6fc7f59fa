"""Recognise an identity: from now on it is this person's, and tells who he is."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.people import rules


class RecogniseIdentity(Request, frozen=True, kw_only=True):
    """A person who was met (`actor_id`) proved that this is his. Asked in the identity's book.

    Refused: `identity_out_of_bounds` (its kind, its account, its digest, or not in its book),
    `seal_out_of_bounds`, `person_unknown`, `identity_known` (also when it is his already).
    """

    made: ClassVar[dict[str, object]] = {"sealed": b""}

    digest: bytes
    kind: str
    appid: str
    sealed: bytes


class IdentityRecognised(Event, frozen=True, kw_only=True):
    """The person (`subject_id`) is known by one thing more."""

    kind: str


class Known(msgspec.Struct, frozen=True):
    """An identity that is known."""

    digest: bytes


class World(msgspec.Struct):
    """The digests that are known."""

    digests: set[bytes]


sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[RecogniseIdentity]) -> World:
    """Read which of them are known."""
    found = await known(tx, digests=[each.digest for each in asked])
    return World({each.digest for each in found})


def decide(world: World, asked: RecogniseIdentity) -> IdentityRecognised | Refused:
    """Accept what nobody is known by yet."""
    if not rules.is_identity(asked.book, asked.digest, asked.kind, asked.appid):
        return Refused("identity_out_of_bounds")
    if not rules.SEALED_BYTES_MIN <= len(asked.sealed) <= rules.IDENTITY_BYTES_MAX:
        return Refused("seal_out_of_bounds")
    if asked.actor_id <= 0:
        return Refused("person_unknown")
    if asked.digest in world.digests:
        return Refused("identity_known")
    world.digests.add(asked.digest)
    return IdentityRecognised(subject_id=asked.actor_id, kind=asked.kind)


async def record(
    tx: Tx, happened: Sequence[Happened[RecogniseIdentity, IdentityRecognised]]
) -> None:
    """Write what they are known by."""
    rows = [
        (asked.digest, event.subject_id, event.kind, asked.appid, asked.sealed)
        for asked, event, _ in happened
    ]
    await write(tx, **columns(rows, "digests", "person_ids", "kinds", "appids", "seals"))


recognise_identity = Act(RecogniseIdentity, IdentityRecognised, gather, decide, record)
