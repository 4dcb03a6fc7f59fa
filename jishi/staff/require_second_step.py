"""Require the second step of everybody at a place of work, or leave it to each."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.staff import ranks
from jishi.staff.ranks import HEADS, Ranks


class RequireSecondStep(Request, frozen=True, kw_only=True):
    """Whoever works there and has no authenticator sets one before anything else; or need not.

    Refused: `beyond_own_permissions`, `workplace_unknown`.
    """

    works_in: int
    is_required: bool


class SecondStepRequired(Event, frozen=True, kw_only=True):
    """So it is at this place of work (`subject_id`)."""

    is_required: bool


sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[RequireSecondStep]) -> Ranks:
    """Read who asks, and who leads there."""
    workplaces = [each.works_in for each in asked]
    return await ranks.ranks(tx, [each.actor_id for each in asked], workplaces)


def decide(world: Ranks, asked: RequireSecondStep) -> SecondStepRequired | Refused:
    """Accept what somebody says who could make an owner there."""
    head = HEADS[1] if asked.works_in == 1 else HEADS[0]
    if refused := ranks.reason_against(world, asked.actor_id, asked.works_in, [head]):
        return refused
    if not world.heads.get(asked.works_in):
        return Refused("workplace_unknown")
    return SecondStepRequired(subject_id=asked.works_in, is_required=asked.is_required)


async def record(
    tx: Tx, happened: Sequence[Happened[RequireSecondStep, SecondStepRequired]]
) -> None:
    """Write it, the last of a batch."""
    rows = list({event.subject_id: event.is_required for _, event, _ in happened}.items())
    await write(tx, **columns(rows, "workplaces", "requireds"))


require_second_step = Act(RequireSecondStep, SecondStepRequired, gather, decide, record)
