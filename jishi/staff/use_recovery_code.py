"""Use a recovery code: it lets its member in without his authenticator, once."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries


class UseRecoveryCode(Request, frozen=True, kw_only=True):
    """The member showed the recovery code of this digest.

    Refused: `code_wrong`.
    """

    staff_id: int
    digest: str


class RecoveryCodeUsed(Event, frozen=True, kw_only=True):
    """The member (`subject_id`) took the second step, with so many codes left."""

    left: int


class Code(msgspec.Struct, frozen=True):
    """A recovery code that nobody used, of an authenticator that holds."""

    staff_id: int
    digest: str


sql = queries(__file__)
codes = sql.many("codes", Code)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[UseRecoveryCode]) -> set[tuple[int, str]]:
    """Read the codes."""
    found = await codes(tx, staff_ids=sorted({each.staff_id for each in asked}))
    return {(each.staff_id, each.digest) for each in found}


def decide(world: set[tuple[int, str]], asked: UseRecoveryCode) -> RecoveryCodeUsed | Refused:
    """Accept a code that nobody used."""
    if (asked.staff_id, asked.digest) not in world:
        return Refused("code_wrong")
    world.remove((asked.staff_id, asked.digest))
    left = sum(staff_id == asked.staff_id for staff_id, _ in world)
    return RecoveryCodeUsed(subject_id=asked.staff_id, left=left)


async def record(tx: Tx, happened: Sequence[Happened[UseRecoveryCode, RecoveryCodeUsed]]) -> None:
    """Write that they are used."""
    rows = [(event.subject_id, asked.digest) for asked, event, _ in happened]
    await write(tx, **columns(rows, "staff_ids", "digests"))


use_recovery_code = Act(UseRecoveryCode, RecoveryCodeUsed, gather, decide, record)
