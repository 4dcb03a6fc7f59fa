"""Open a session: a member who showed who he is comes in, in one browser."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.staff import rules


class OpenSession(Request, frozen=True, kw_only=True):
    """This member showed who he is. Whoever asks made the token's secret.

    Refused: `member_unknown`, `digest_out_of_bounds`, `session_id_taken`.
    """

    made: ClassVar[dict[str, object]] = {"session_id": 0, "digest": ""}

    staff_id: int
    session_id: int
    digest: str


class SessionOpened(Event, frozen=True, kw_only=True):
    """The member (`subject_id`) is in."""

    session_id: int


class Known(msgspec.Struct, frozen=True):
    """A member who works here."""

    staff_id: int


class Taken(msgspec.Struct, frozen=True):
    """A session whose number is taken."""

    session_id: int


class World(msgspec.Struct):
    """The members, and the numbers in use."""

    staff_ids: set[int]
    session_ids: set[int]


sql = queries(__file__)
known = sql.many("known", Known)
taken = sql.many("taken", Taken)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[OpenSession]) -> World:
    """Read who works here, and which numbers are in use."""
    found = await known(tx, staff_ids=[each.staff_id for each in asked])
    used = await taken(tx, session_ids=[each.session_id for each in asked])
    return World({each.staff_id for each in found}, {each.session_id for each in used})


def decide(world: World, asked: OpenSession) -> SessionOpened | Refused:
    """Accept whoever works here."""
    if asked.staff_id not in world.staff_ids:
        return Refused("member_unknown")
    if not rules.DIGEST.fullmatch(asked.digest):
        return Refused("digest_out_of_bounds")
    if asked.session_id <= 0 or asked.session_id in world.session_ids:
        return Refused("session_id_taken")
    world.session_ids.add(asked.session_id)
    return SessionOpened(subject_id=asked.staff_id, session_id=asked.session_id)


async def record(tx: Tx, happened: Sequence[Happened[OpenSession, SessionOpened]]) -> None:
    """Write the sessions."""
    rows = [(event.session_id, event.subject_id, asked.digest) for asked, event, _ in happened]
    ends_at = rules.session_ends_at(tx.now, tx.now)
    await write(tx, **columns(rows, "session_ids", "staff_ids", "digests"), ends_at=ends_at)


open_session = Act(OpenSession, SessionOpened, gather, decide, record)
