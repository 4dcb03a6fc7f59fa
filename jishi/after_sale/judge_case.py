"""Judge a case: the market decides between buyer and seller."""

from collections.abc import Sequence

from jishi import ledger
from jishi.after_sale import rules, steps
from jishi.after_sale.steps import Cases, Goods, Step
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries


class JudgeCase(Request, frozen=True, kw_only=True):
    """The operator's verdict: `refunding` (so many fen), `buyer_to_return` first, or `closed`.

    `refund_fen` counts for a refund alone. Refused: `text_out_of_bounds`, `verdict_unknown`,
    `case_unknown`, `case_elsewhere`, `refund_out_of_bounds`.
    """

    case_id: int
    verdict: str
    refund_fen: int
    note: str


class CaseJudged(Event, frozen=True, kw_only=True):
    """The case (`subject_id`) stands in `state`; `refunding` means that money is owed."""

    order_id: int
    state: str
    refund_fen: int
    unsent: Goods | None


sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[JudgeCase]) -> Cases:
    """Read the cases."""
    return await steps.cases(tx, [each.case_id for each in asked])


def decide(world: Cases, asked: JudgeCase) -> CaseJudged | Refused:  # noqa: PLR0911 - one a reason
    """Accept a verdict that says why, and gives no more than the claim is worth."""
    if not rules.is_text(asked.note, rules.TEXT_CHARACTERS_MAX):
        return Refused("text_out_of_bounds", {"characters_max": rules.TEXT_CHARACTERS_MAX})
    if asked.verdict not in rules.VERDICTS:
        return Refused("verdict_unknown")
    case = world.cases.get(asked.case_id)
    if case is None:
        return Refused("case_unknown")
    if case.state != "dispute":
        return Refused("case_elsewhere", {"state": case.state})
    if asked.verdict == "buyer_to_return" and not case.is_shipped:
        return Refused("verdict_unknown")
    most_fen = min(case.goods_fen + case.freight_fen, case.left_fen)
    if asked.verdict == "refunding" and not 1 <= asked.refund_fen <= most_fen:
        return Refused("refund_out_of_bounds", {"most_fen": most_fen})
    case.state = asked.verdict
    if asked.verdict == "refunding":
        steps.grant(world, case, asked.refund_fen)
    return CaseJudged(
        subject_id=case.case_id, order_id=case.order_id, state=case.state,
        refund_fen=case.refund_fen, unsent=steps.returned_unsent(case),
    )  # fmt: skip


async def record(tx: Tx, happened: Sequence[Happened[JudgeCase, CaseJudged]]) -> None:
    """Write what is refunded, and the step; what was never sent lies on the shelf again."""
    rows = [(event.subject_id, event.refund_fen) for _, event, _ in happened]
    await write(tx, **columns(rows, "case_ids", "refunds"))
    await steps.step(
        tx,
        [
            Step(n, asked.case_id, event.state, "operator", asked.actor_id, "judged", asked.note)
            for asked, event, n in happened
        ],
    )
    await ledger.move(
        tx, [steps.unsent(n, event.unsent) for _, event, n in happened if event.unsent]
    )


judge_case = Act(JudgeCase, CaseJudged, gather, decide, record)
