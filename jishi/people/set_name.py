"""Set a name: what a person is called on his own pages."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.people import rules


class SetName(Request, frozen=True, kw_only=True):
    """A person (`actor_id`) says what he is called; sealed with his key, empty is by nothing.

    `mark` is what the name is known again by.
    Refused: `person_unknown`, `seal_out_of_bounds`.
    """

    made: ClassVar[dict[str, object]] = {"sealed": b""}

    sealed: bytes
    mark: str


class NameSet(Event, frozen=True, kw_only=True):
    """The person (`subject_id`) is called something, or nothing any more."""

    is_named: bool


class Known(msgspec.Struct, frozen=True):
    """Somebody who was met."""

    person_id: int


sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")
forget = sql.run("forget")
World = set[int]


async def gather(tx: Tx, asked: Sequence[SetName]) -> World:
    """Read who was met."""
    return {each.person_id for each in await known(tx, person_ids=[a.actor_id for a in asked])}


def decide(world: World, asked: SetName) -> NameSet | Refused:
    """Accept what a person who was met says of himself."""
    if asked.actor_id not in world:
        return Refused("person_unknown")
    is_small = rules.SEALED_BYTES_MIN <= len(asked.sealed) <= rules.IDENTITY_BYTES_MAX
    if asked.sealed and not is_small:
        return Refused("seal_out_of_bounds")
    return NameSet(subject_id=asked.actor_id, is_named=asked.sealed != b"")


async def record(tx: Tx, happened: Sequence[Happened[SetName, NameSet]]) -> None:
    """Write the names; the last one of a person holds."""
    last = {event.subject_id: asked.sealed for asked, event, _ in happened}
    await forget(tx, person_ids=[person_id for person_id, sealed in last.items() if not sealed])
    rows = [(person_id, sealed) for person_id, sealed in last.items() if sealed]
    await write(tx, **columns(rows, "person_ids", "seals"))


set_name = Act(SetName, NameSet, gather, decide, record)
