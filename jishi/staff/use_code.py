"""Use a code of an authenticator: each step lets its member in once."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.staff import authenticators, rules
from jishi.staff.authenticators import Authenticators


class UseCode(Request, frozen=True, kw_only=True):
    """The member showed the code of this step.

    Refused: `member_unknown`, `authenticator_missing`, `code_used`.
    """

    staff_id: int
    step: int


class CodeUsed(Event, frozen=True, kw_only=True):
    """The member (`subject_id`) took the second step."""

    step: int


sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[UseCode]) -> Authenticators:
    """Read the newest steps."""
    return await authenticators.read(tx, [each.staff_id for each in asked])


def decide(world: Authenticators, asked: UseCode) -> CodeUsed | Refused:
    """Accept a step that is newer than any before."""
    held = world.get(asked.staff_id)
    if held is None:
        return Refused("member_unknown")
    if not held.number:
        return Refused("authenticator_missing")
    if not held.last_step < asked.step <= rules.NUMBER_MAX:
        return Refused("code_used")
    held.last_step = asked.step
    return CodeUsed(subject_id=asked.staff_id, step=asked.step)


async def record(tx: Tx, happened: Sequence[Happened[UseCode, CodeUsed]]) -> None:
    """Write the newest steps."""
    rows = list({event.subject_id: event.step for _, event, _ in happened}.items())
    await write(tx, **columns(rows, "staff_ids", "steps"))


use_code = Act(UseCode, CodeUsed, gather, decide, record)
