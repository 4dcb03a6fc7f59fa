"""Meet a person: from now on he has a key of his own, under which his data is kept."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.people import rules


class MeetPerson(Request, frozen=True, kw_only=True):
    """Somebody (`actor_id`) gives the market something personal for the first time.

    Refused: `person_unknown` (not in his book), `key_out_of_bounds`, `person_known`.
    """

    made: ClassVar[dict[str, object]] = {"wrapped_key": b""}

    wrapped_key: bytes


class PersonMet(Event, frozen=True, kw_only=True):
    """The person (`subject_id`) has his key."""


class Known(msgspec.Struct, frozen=True):
    """Who was met already."""

    person_id: int


class World(msgspec.Struct):
    """Those who were met."""

    person_ids: set[int]


sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[MeetPerson]) -> World:
    """Read who is known."""
    found = await known(tx, person_ids=[each.actor_id for each in asked])
    return World({each.person_id for each in found})


def decide(world: World, asked: MeetPerson) -> PersonMet | Refused:
    """Accept whoever is in his own book, once."""
    if not rules.is_in_his_book(asked.book, asked.actor_id):
        return Refused("person_unknown")
    if len(asked.wrapped_key) != rules.WRAPPED_BYTES:
        return Refused("key_out_of_bounds")
    if asked.actor_id in world.person_ids:
        return Refused("person_known")
    world.person_ids.add(asked.actor_id)
    return PersonMet(subject_id=asked.actor_id)


async def record(tx: Tx, happened: Sequence[Happened[MeetPerson, PersonMet]]) -> None:
    """Write who was met."""
    rows = [(event.subject_id, asked.wrapped_key) for asked, event, _ in happened]
    await write(tx, **columns(rows, "person_ids", "wrapped_keys"))


meet_person = Act(MeetPerson, PersonMet, gather, decide, record)
