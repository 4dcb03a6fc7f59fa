"""Agree to a case: the money goes back, or the goods may come."""

from collections.abc import Sequence

from jishi import ledger
from jishi.after_sale import rules, steps
from jishi.after_sale.steps import Cases, Goods, Step
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx


class AgreeCase(Request, frozen=True, kw_only=True):
    """The seller agrees, also after he had refused the goods; the note may say where to send.

    Refused: `text_out_of_bounds`, `case_unknown`, `case_elsewhere`.
    """

    case_id: int
    note: str


class CaseAgreed(Event, frozen=True, kw_only=True):
    """The case (`subject_id`) stands in `state`; `refunding` means that money is owed."""

    order_id: int
    state: str
    refund_fen: int
    unsent: Goods | None


async def gather(tx: Tx, asked: Sequence[AgreeCase]) -> Cases:
    """Read the cases."""
    return await steps.cases(tx, [each.case_id for each in asked])


def decide(world: Cases, asked: AgreeCase) -> CaseAgreed | Refused:
    """Accept while the seller is waited for."""
    if not rules.is_text(asked.note, rules.TEXT_CHARACTERS_MAX, may_be_empty=True):
        return Refused("text_out_of_bounds", {"characters_max": rules.TEXT_CHARACTERS_MAX})
    case = world.cases.get(asked.case_id)
    if case is None:
        return Refused("case_unknown")
    if case.state not in {"seller_review", "seller_refused_goods"}:
        return Refused("case_elsewhere", {"state": case.state})
    is_first = case.state == "seller_review"
    case.state = rules.once_agreed(case.kind) if is_first else "refunding"
    return CaseAgreed(
        subject_id=case.case_id, order_id=case.order_id, state=case.state,
        refund_fen=case.refund_fen, unsent=steps.returned_unsent(case),
    )  # fmt: skip


async def record(tx: Tx, happened: Sequence[Happened[AgreeCase, CaseAgreed]]) -> None:
    """Write the step; what was never sent lies on the shelf again."""
    await steps.step(
        tx,
        [
            Step(n, asked.case_id, event.state, "seller", asked.actor_id, "agreed", asked.note)
            for asked, event, n in happened
        ],
    )
    await ledger.move(
        tx, [steps.unsent(n, event.unsent) for _, event, n in happened if event.unsent]
    )


agree_case = Act(AgreeCase, CaseAgreed, gather, decide, record)
