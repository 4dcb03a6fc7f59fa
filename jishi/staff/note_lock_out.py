"""Note a lock-out: somebody tried a name so often that it is locked for a while."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries


class NoteLockOut(Request, frozen=True, kw_only=True):
    """A try for this member was refused; asked in the market's book.

    Refused: `member_unknown`, `lock_out_noted`.
    """

    staff_id: int


class LockOutNoted(Event, frozen=True, kw_only=True):
    """The member's (`subject_id`) name is locked for a while."""


class Known(msgspec.Struct, frozen=True):
    """A member who works here, and whether his lock-out was noted a moment ago."""

    staff_id: int
    is_noted: bool


sql = queries(__file__)
known = sql.many("known", Known)


async def gather(tx: Tx, asked: Sequence[NoteLockOut]) -> dict[int, bool]:
    """Read what was noted."""
    found = await known(tx, staff_ids=[each.staff_id for each in asked])
    return {each.staff_id: each.is_noted for each in found}


def decide(world: dict[int, bool], asked: NoteLockOut) -> LockOutNoted | Refused:
    """Accept one in a quarter of an hour: a crowd of guesses fills no log."""
    if asked.staff_id not in world:
        return Refused("member_unknown")
    if world[asked.staff_id]:
        return Refused("lock_out_noted")
    world[asked.staff_id] = True
    return LockOutNoted(subject_id=asked.staff_id)


async def record(_tx: Tx, _happened: Sequence[Happened[NoteLockOut, LockOutNoted]]) -> None:
    """Write nothing more: the event says it all."""


note_lock_out = Act(NoteLockOut, LockOutNoted, gather, decide, record)
