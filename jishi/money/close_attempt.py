"""Close an attempt: WeChat takes nothing on it any more; its order can be paid in another way."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.money.attempts import attempts, write_withdrawn
from jishi.money.types import Attempt


class CloseAttempt(Request, frozen=True, kw_only=True):
    """WeChat closed it.

    Refused: `attempt_unknown`, `attempt_not_open`.
    """

    attempt_id: int


class AttemptClosed(Event, frozen=True, kw_only=True):
    """The attempt (`subject_id`) is closed; its order is as it was."""

    order_id: int


World = dict[int, Attempt]


async def gather(tx: Tx, asked: Sequence[CloseAttempt]) -> World:
    """Read the attempts."""
    return await attempts(tx, [each.attempt_id for each in asked])


def decide(world: World, asked: CloseAttempt) -> AttemptClosed | Refused:
    """Accept an attempt that is open."""
    attempt = world.get(asked.attempt_id)
    if attempt is None:
        return Refused("attempt_unknown")
    if attempt.state != "open":
        return Refused("attempt_not_open", {"state": attempt.state})
    attempt.state = "closed"
    return AttemptClosed(subject_id=attempt.attempt_id, order_id=attempt.order_id)


async def record(tx: Tx, happened: Sequence[Happened[CloseAttempt, AttemptClosed]]) -> None:
    """Write that they are closed."""
    await write_withdrawn(tx, attempt_ids=[event.subject_id for _, event, _ in happened])


close_attempt = Act(CloseAttempt, AttemptClosed, gather, decide, record)
