"""Change a password: by its member, who has just shown the old one; his other browsers are out."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.staff.set_password import is_short


class ChangePassword(Request, frozen=True, kw_only=True):
    """The member showed the password that he had; this session of his stays.

    Refused: `session_ended`, `hash_out_of_bounds`.
    """

    made: ClassVar[dict[str, object]] = {"hash": ""}

    staff_id: int
    session_id: int
    hash: str


class PasswordChanged(Event, frozen=True, kw_only=True):
    """The member (`subject_id`) has a new password, and one session."""

    session_id: int


class Known(msgspec.Struct, frozen=True):
    """A session that is open, of somebody who works here."""

    session_id: int
    staff_id: int


class World(msgspec.Struct):
    """The sessions that are open, and whose."""

    sessions: set[tuple[int, int]]


sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[ChangePassword]) -> World:
    """Read the sessions."""
    found = await known(tx, session_ids=[each.session_id for each in asked])
    return World({(each.staff_id, each.session_id) for each in found})


def decide(world: World, asked: ChangePassword) -> PasswordChanged | Refused:
    """Accept whoever is in."""
    if (asked.staff_id, asked.session_id) not in world.sessions:
        return Refused("session_ended")
    if not asked.hash.startswith("$argon2id$") or not is_short(asked.hash):
        return Refused("hash_out_of_bounds")
    world.sessions = {
        each for each in world.sessions
        if each[0] != asked.staff_id or each[1] == asked.session_id
    }  # fmt: skip
    return PasswordChanged(subject_id=asked.staff_id, session_id=asked.session_id)


async def record(tx: Tx, happened: Sequence[Happened[ChangePassword, PasswordChanged]]) -> None:
    """Write the passwords, and end the other sessions."""
    rows = [
        (event.subject_id, number, asked.hash, event.session_id)
        for asked, event, number in happened
    ]
    await write(tx, **columns(rows, "staff_ids", "numbers", "hashes", "session_ids"))


change_password = Act(ChangePassword, PasswordChanged, gather, decide, record)
