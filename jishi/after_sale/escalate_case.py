"""Escalate a case: the market shall decide between buyer and seller."""

from collections.abc import Sequence

from jishi.after_sale import rules, steps
from jishi.after_sale.steps import Cases, Step
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx


class EscalateCase(Request, frozen=True, kw_only=True):
    """The buyer (`actor_id`), or the seller when he refused the goods, asks for a verdict.

    Refused: `text_out_of_bounds`, `case_unknown`, `case_elsewhere`.
    """

    case_id: int
    doer: str
    note: str


class CaseEscalated(Event, frozen=True, kw_only=True):
    """The case (`subject_id`) waits for the market's verdict."""


async def gather(tx: Tx, asked: Sequence[EscalateCase]) -> Cases:
    """Read the cases."""
    return await steps.cases(tx, [each.case_id for each in asked])


def decide(world: Cases, asked: EscalateCase) -> CaseEscalated | Refused:
    """Accept from whoever was refused."""
    if not rules.is_text(asked.note, rules.TEXT_CHARACTERS_MAX, may_be_empty=True):
        return Refused("text_out_of_bounds", {"characters_max": rules.TEXT_CHARACTERS_MAX})
    buyer_id = None if asked.doer == "seller" else asked.actor_id
    case = steps.led(world, asked.case_id, "dispute", asked.doer, buyer_id)
    return case if isinstance(case, Refused) else CaseEscalated(subject_id=case.case_id)


async def record(tx: Tx, happened: Sequence[Happened[EscalateCase, CaseEscalated]]) -> None:
    """Write the step."""
    await steps.step(
        tx,
        [
            Step(n, asked.case_id, "dispute", asked.doer, asked.actor_id, "escalated", asked.note)
            for asked, _, n in happened
        ],
    )


escalate_case = Act(EscalateCase, CaseEscalated, gather, decide, record)
