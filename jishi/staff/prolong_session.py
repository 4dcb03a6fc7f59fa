"""Prolong a session that is in use: twelve idle hours end it, and seven days in any case."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.staff import rules


class ProlongSession(Request, frozen=True, kw_only=True):
    """The session was used just now.

    Refused: `session_ended`.
    """

    session_id: int


class SessionProlonged(Event, frozen=True, kw_only=True):
    """The member's (`subject_id`) session goes on."""

    session_id: int


class Known(msgspec.Struct, frozen=True):
    """A session that is open."""

    session_id: int
    staff_id: int
    opened_at: datetime


class World(msgspec.Struct):
    """The sessions that are open."""

    sessions: dict[int, Known]


sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[ProlongSession]) -> World:
    """Read the sessions."""
    found = await known(tx, session_ids=[each.session_id for each in asked])
    return World({each.session_id: each for each in found})


def decide(world: World, asked: ProlongSession) -> SessionProlonged | Refused:
    """Accept a session that is open."""
    session = world.sessions.get(asked.session_id)
    if session is None:
        return Refused("session_ended")
    return SessionProlonged(subject_id=session.staff_id, session_id=session.session_id)


async def record(tx: Tx, happened: Sequence[Happened[ProlongSession, SessionProlonged]]) -> None:
    """Write until when."""
    rows = sorted({(event.session_id,) for _, event, _ in happened})
    idle_at, last = rules.session_ends_at(tx.now, tx.now), rules.SESSION_DAYS_MAX
    await write(tx, **columns(rows, "session_ids"), idle_at=idle_at, days_max=last)


prolong_session = Act(ProlongSession, SessionProlonged, gather, decide, record)
