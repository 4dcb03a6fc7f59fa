"""Close the other sessions: a member stays in where he is, and is out everywhere else."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.staff import close_session
from jishi.staff.close_session import World


class CloseOtherSessions(Request, frozen=True, kw_only=True):
    """Every session of this member ends but this one.

    Refused: `session_ended`.
    """

    staff_id: int
    session_id: int


class OtherSessionsClosed(Event, frozen=True, kw_only=True):
    """The member (`subject_id`) is in by this session alone."""

    session_id: int


sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[CloseOtherSessions]) -> World:
    """Read the sessions that stay."""
    found = await close_session.known(tx, session_ids=[each.session_id for each in asked])
    return World({(each.staff_id, each.session_id) for each in found})


def decide(world: World, asked: CloseOtherSessions) -> OtherSessionsClosed | Refused:
    """Accept a session of the member that is open."""
    if (asked.staff_id, asked.session_id) not in world.sessions:
        return Refused("session_ended")
    world.sessions = {
        each for each in world.sessions
        if each[0] != asked.staff_id or each[1] == asked.session_id
    }  # fmt: skip
    return OtherSessionsClosed(subject_id=asked.staff_id, session_id=asked.session_id)


async def record(
    tx: Tx, happened: Sequence[Happened[CloseOtherSessions, OtherSessionsClosed]]
) -> None:
    """End the others."""
    rows = [(event.subject_id, event.session_id) for _, event, _ in happened]
    await write(tx, **columns(rows, "staff_ids", "session_ids"))


close_other_sessions = Act(CloseOtherSessions, OtherSessionsClosed, gather, decide, record)
