"""Erase a person: his key is destroyed, and with it all that it sealed; the trade's record stays.

What he was recognised by goes right after, each thing in the book that it lies in.
"""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries


class ErasePerson(Request, frozen=True, kw_only=True):
    """A person (`actor_id`) wants to be forgotten; whether he has open orders was seen before.

    Refused: `person_unknown` (also when he is forgotten already).
    """


class PersonErased(Event, frozen=True, kw_only=True):
    """The person (`subject_id`) is forgotten."""


class Known(msgspec.Struct, frozen=True):
    """Somebody who was met."""

    person_id: int


World = set[int]
sql = queries(__file__)
known = sql.many("known", Known)
destroy = sql.run("destroy")
forget = sql.run("forget")


async def gather(tx: Tx, asked: Sequence[ErasePerson]) -> World:
    """Read who was met."""
    return {each.person_id for each in await known(tx, person_ids=[a.actor_id for a in asked])}


def decide(world: World, asked: ErasePerson) -> PersonErased | Refused:
    """Accept whoever is not forgotten yet."""
    if asked.actor_id not in world:
        return Refused("person_unknown")
    world.discard(asked.actor_id)
    return PersonErased(subject_id=asked.actor_id)


async def record(tx: Tx, happened: Sequence[Happened[ErasePerson, PersonErased]]) -> None:
    """Destroy the keys, end the sessions, and forget what else is theirs in this book."""
    person_ids = [event.subject_id for _, event, _ in happened]
    await destroy(tx, person_ids=person_ids)
    await forget(tx, person_ids=person_ids)


erase_person = Act(ErasePerson, PersonErased, gather, decide, record)
