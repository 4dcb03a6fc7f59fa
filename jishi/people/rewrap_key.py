"""Rewrap a key: a person's data key lies under the market's newest key; what it seals stays."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.people import rules


class RewrapKey(Request, frozen=True, kw_only=True):
    """The market changes the key under which a person's (`person_id`) data key lies.

    Refused: `person_unknown` (also when he is forgotten: a key that was destroyed stays so),
    `key_out_of_bounds`.
    """

    made: ClassVar[dict[str, object]] = {"wrapped_key": b""}

    person_id: int
    wrapped_key: bytes


class KeyRewrapped(Event, frozen=True, kw_only=True):
    """The person's (`subject_id`) data key lies under another key."""


class Known(msgspec.Struct, frozen=True):
    """Somebody who was met."""

    person_id: int


World = set[int]
sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[RewrapKey]) -> World:
    """Read who has a key."""
    return {each.person_id for each in await known(tx, person_ids=[a.person_id for a in asked])}


def decide(world: World, asked: RewrapKey) -> KeyRewrapped | Refused:
    """Accept for whoever has a key."""
    if asked.person_id not in world:
        return Refused("person_unknown")
    if len(asked.wrapped_key) != rules.WRAPPED_BYTES:
        return Refused("key_out_of_bounds")
    return KeyRewrapped(subject_id=asked.person_id)


async def record(tx: Tx, happened: Sequence[Happened[RewrapKey, KeyRewrapped]]) -> None:
    """Write the keys; the last one of a person holds."""
    last = {event.subject_id: asked.wrapped_key for asked, event, _ in happened}
    await write(tx, **columns(list(last.items()), "person_ids", "wrapped_keys"))


rewrap_key = Act(RewrapKey, KeyRewrapped, gather, decide, record)
