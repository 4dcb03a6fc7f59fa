"""Sign a person in: one browser is his for thirty days, or until he signs out."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.people import rules


class SignIn(Request, frozen=True, kw_only=True):
    """A person (`actor_id`) who was recognised comes in.

    Refused: `person_unknown` (not met, or forgotten), `session_id_taken`.
    """

    made: ClassVar[dict[str, object]] = {"session_id": 0}

    session_id: int


class SignedIn(Event, frozen=True, kw_only=True):
    """The person (`subject_id`) is in."""

    session_id: int


class Known(msgspec.Struct, frozen=True):
    """Somebody who was met."""

    person_id: int


class Taken(msgspec.Struct, frozen=True):
    """A session whose number is taken."""

    session_id: int


class World(msgspec.Struct):
    """Those who were met, and the numbers in use."""

    met: set[int]
    session_ids: set[int]


sql = queries(__file__)
known = sql.many("known", Known)
taken = sql.many("taken", Taken)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[SignIn]) -> World:
    """Read who was met, and which numbers are in use."""
    found = await known(tx, person_ids=[each.actor_id for each in asked])
    used = await taken(tx, session_ids=[each.session_id for each in asked])
    return World({each.person_id for each in found}, {each.session_id for each in used})


def decide(world: World, asked: SignIn) -> SignedIn | Refused:
    """Accept whoever was met."""
    if asked.actor_id not in world.met:
        return Refused("person_unknown")
    if asked.session_id <= 0 or asked.session_id in world.session_ids:
        return Refused("session_id_taken")
    world.session_ids.add(asked.session_id)
    return SignedIn(subject_id=asked.actor_id, session_id=asked.session_id)


async def record(tx: Tx, happened: Sequence[Happened[SignIn, SignedIn]]) -> None:
    """Write the sessions."""
    rows = [(event.session_id, event.subject_id) for _, event, _ in happened]
    await write(tx, **columns(rows, "session_ids", "person_ids"), ends_at=tx.now + rules.SESSION)


sign_in = Act(SignIn, SignedIn, gather, decide, record)
