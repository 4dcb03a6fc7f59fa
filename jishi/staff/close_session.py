"""Close a session: by whoever signs out, or by somebody who ends it from elsewhere."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries


class CloseSession(Request, frozen=True, kw_only=True):
    """This session of this member ends now.

    Refused: `session_ended`.
    """

    staff_id: int
    session_id: int


class SessionClosed(Event, frozen=True, kw_only=True):
    """The member (`subject_id`) is out."""

    session_id: int


class Known(msgspec.Struct, frozen=True):
    """A session that is open."""

    session_id: int
    staff_id: int


class World(msgspec.Struct):
    """The sessions that are open, and whose."""

    sessions: set[tuple[int, int]]


sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[CloseSession]) -> World:
    """Read the sessions."""
    found = await known(tx, session_ids=[each.session_id for each in asked])
    return World({(each.staff_id, each.session_id) for each in found})


def decide(world: World, asked: CloseSession) -> SessionClosed | Refused:
    """Accept a session of the member that is open."""
    if (asked.staff_id, asked.session_id) not in world.sessions:
        return Refused("session_ended")
    world.sessions.remove((asked.staff_id, asked.session_id))
    return SessionClosed(subject_id=asked.staff_id, session_id=asked.session_id)


async def record(tx: Tx, happened: Sequence[Happened[CloseSession, SessionClosed]]) -> None:
    """Write when."""
    await write(tx, session_ids=[event.session_id for _, event, _ in happened])


close_session = Act(CloseSession, SessionClosed, gather, decide, record)
