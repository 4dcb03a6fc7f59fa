"""Lapse a case's clock: nobody acted in time, so it goes on by itself."""

from collections.abc import Sequence

from jishi import ledger
from jishi.after_sale import rules, steps
from jishi.after_sale.steps import Cases, Goods, Step
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx


class LapseCase(Request, frozen=True, kw_only=True):
    """The clock says that somebody was waited for long enough.

    Refused: `case_unknown`, `not_yet_due`.
    """

    case_id: int


class CaseLapsed(Event, frozen=True, kw_only=True):
    """The case (`subject_id`) went on to `state`; `refunding` means that money is owed."""

    order_id: int
    state: str
    refund_fen: int
    unsent: Goods | None


async def gather(tx: Tx, asked: Sequence[LapseCase]) -> Cases:
    """Read the cases."""
    return await steps.cases(tx, [each.case_id for each in asked])


def decide(world: Cases, asked: LapseCase) -> CaseLapsed | Refused:
    """Accept when the time is really over, by the database's clock."""
    case = world.cases.get(asked.case_id)
    if case is None:
        return Refused("case_unknown")
    if case.act_until is None or world.now < case.act_until:
        return Refused("not_yet_due")
    case.state = rules.once_waited(case.state, case.kind, is_replaced=case.is_replaced)
    case.act_until = None
    return CaseLapsed(
        subject_id=case.case_id, order_id=case.order_id, state=case.state,
        refund_fen=case.refund_fen, unsent=steps.returned_unsent(case),
    )  # fmt: skip


async def record(tx: Tx, happened: Sequence[Happened[LapseCase, CaseLapsed]]) -> None:
    """Write the step; what was never sent lies on the shelf again."""
    await steps.step(
        tx,
        [
            Step(n, asked.case_id, event.state, "clock", 0, "waited_enough", "")
            for asked, event, n in happened
        ],
    )
    await ledger.move(
        tx, [steps.unsent(n, event.unsent) for _, event, n in happened if event.unsent]
    )


lapse_case = Act(LapseCase, CaseLapsed, gather, decide, record)
