"""Follow a refund: the case it is for is done when the money is back, or stuck when it is not."""

from collections.abc import Sequence

from jishi.after_sale import steps
from jishi.after_sale.steps import Cases, Step
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx

ENDS = {"succeeded": "done", "abnormal": "refund_stuck", "closed": "refund_stuck"}


class FollowRefund(Request, frozen=True, kw_only=True):
    """A refund of this case ended at WeChat.

    Refused: `outcome_unknown`, `case_unknown`, `case_elsewhere`.
    """

    case_id: int
    outcome: str


class RefundFollowed(Event, frozen=True, kw_only=True):
    """The case (`subject_id`) stands in `state`: done, or waiting for an operator."""

    order_id: int
    state: str


async def gather(tx: Tx, asked: Sequence[FollowRefund]) -> Cases:
    """Read the cases."""
    return await steps.cases(tx, [each.case_id for each in asked])


def decide(world: Cases, asked: FollowRefund) -> RefundFollowed | Refused:
    """Accept the end of what is being refunded; what is stuck may be settled after all."""
    if asked.outcome not in ENDS:
        return Refused("outcome_unknown")
    case = steps.led(world, asked.case_id, ENDS[asked.outcome], "money")
    if isinstance(case, Refused):
        return case
    return RefundFollowed(subject_id=case.case_id, order_id=case.order_id, state=case.state)


async def record(tx: Tx, happened: Sequence[Happened[FollowRefund, RefundFollowed]]) -> None:
    """Write the step."""
    await steps.step(
        tx,
        [
            Step(n, asked.case_id, event.state, "money", 0, f"refund_{asked.outcome}", "")
            for asked, event, n in happened
        ],
    )


follow_refund = Act(FollowRefund, RefundFollowed, gather, decide, record)
