"""Withdraw a case: the buyer lets it go."""

from collections.abc import Sequence

from jishi.after_sale import steps
from jishi.after_sale.steps import Cases, Step
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx


class WithdrawCase(Request, frozen=True, kw_only=True):
    """The buyer (`actor_id`) wants nothing any more.

    Refused: `case_unknown`, `case_elsewhere`.
    """

    case_id: int


class CaseWithdrawn(Event, frozen=True, kw_only=True):
    """The case (`subject_id`) is closed."""


async def gather(tx: Tx, asked: Sequence[WithdrawCase]) -> Cases:
    """Read the cases."""
    return await steps.cases(tx, [each.case_id for each in asked])


def decide(world: Cases, asked: WithdrawCase) -> CaseWithdrawn | Refused:
    """Accept until the goods are on their way."""
    case = steps.led(world, asked.case_id, "closed", "buyer", asked.actor_id)
    return case if isinstance(case, Refused) else CaseWithdrawn(subject_id=case.case_id)


async def record(tx: Tx, happened: Sequence[Happened[WithdrawCase, CaseWithdrawn]]) -> None:
    """Write the step."""
    await steps.step(
        tx,
        [
            Step(n, asked.case_id, "closed", "buyer", asked.actor_id, "withdrawn", "")
            for asked, _, n in happened
        ],
    )


withdraw_case = Act(WithdrawCase, CaseWithdrawn, gather, decide, record)
