"""Refuse a case: the seller does not agree, and says why."""

from collections.abc import Sequence

from jishi.after_sale import rules, steps
from jishi.after_sale.steps import Cases, Step
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx


class RefuseCase(Request, frozen=True, kw_only=True):
    """The seller refuses; the note is his reason.

    Refused: `text_out_of_bounds`, `case_unknown`, `case_elsewhere`.
    """

    case_id: int
    note: str


class CaseRefused(Event, frozen=True, kw_only=True):
    """The buyer may change the case (`subject_id`), or ask the market to decide."""


async def gather(tx: Tx, asked: Sequence[RefuseCase]) -> Cases:
    """Read the cases."""
    return await steps.cases(tx, [each.case_id for each in asked])


def decide(world: Cases, asked: RefuseCase) -> CaseRefused | Refused:
    """Accept a refusal that gives its reason."""
    if not rules.is_text(asked.note, rules.TEXT_CHARACTERS_MAX):
        return Refused("text_out_of_bounds", {"characters_max": rules.TEXT_CHARACTERS_MAX})
    case = steps.led(world, asked.case_id, "seller_rejected", "seller")
    return case if isinstance(case, Refused) else CaseRefused(subject_id=case.case_id)


async def record(tx: Tx, happened: Sequence[Happened[RefuseCase, CaseRefused]]) -> None:
    """Write the step."""
    await steps.step(
        tx,
        [
            Step(
                n, asked.case_id, "seller_rejected", "seller", asked.actor_id, "refused", asked.note
            )
            for asked, _, n in happened
        ],
    )


refuse_case = Act(RefuseCase, CaseRefused, gather, decide, record)
