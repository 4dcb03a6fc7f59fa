"""Change a case that was refused: the buyer wants something else, or says why again."""

from collections.abc import Sequence

from jishi.after_sale import rules, steps
from jishi.after_sale.open_case import granted_fen, wrong_wish
from jishi.after_sale.steps import Cases, Step
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries


class ChangeCase(Request, frozen=True, kw_only=True):
    """The buyer (`actor_id`) asks anew for the same units; 0 fen for all he may.

    Refused: `case_unknown`, `case_elsewhere`, `too_many_attempts`, `kind_unknown`,
    `case_reason_unknown`, `text_out_of_bounds`, `nothing_to_refund`, `refund_out_of_bounds`.
    """

    case_id: int
    kind: str
    reason: str
    story: str
    wanted_fen: int


class CaseChanged(Event, frozen=True, kw_only=True):
    """The case (`subject_id`) waits for the seller again."""

    refund_fen: int


sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[ChangeCase]) -> Cases:
    """Read the cases."""
    return await steps.cases(tx, [each.case_id for each in asked])


def decide(world: Cases, asked: ChangeCase) -> CaseChanged | Refused:
    """Accept what could have been asked first, while the line was not asked about too often."""
    case = world.cases.get(asked.case_id)
    if case is None or case.buyer_id != asked.actor_id:
        return Refused("case_unknown")
    if case.state != "seller_rejected":
        return Refused("case_elsewhere", {"state": case.state})
    if case.asked >= rules.ATTEMPTS_MAX:
        return Refused("too_many_attempts", {"attempts_max": rules.ATTEMPTS_MAX})
    if wrong := wrong_wish(asked.kind, asked.reason, asked.story, is_shipped=case.is_shipped):
        return wrong
    refund_fen = granted_fen(asked.kind, asked.wanted_fen, steps.most_fen(case, asked.reason))
    if isinstance(refund_fen, Refused):
        return refund_fen
    for each in world.cases.values():
        if (each.order_id, each.position) == (case.order_id, case.position):
            each.asked += 1
    steps.grant(world, case, refund_fen)
    case.state = rules.FIRST
    return CaseChanged(subject_id=case.case_id, refund_fen=refund_fen)


async def record(tx: Tx, happened: Sequence[Happened[ChangeCase, CaseChanged]]) -> None:
    """Write the new wish and the step."""
    rows = [
        (asked.case_id, asked.kind, asked.reason, asked.story, event.refund_fen)
        for asked, event, _ in happened
    ]
    await write(tx, **columns(rows, "case_ids", "kinds", "reasons", "stories", "refunds"))
    await steps.step(
        tx,
        [
            Step(n, asked.case_id, rules.FIRST, "buyer", asked.actor_id, "changed", asked.story)
            for asked, _, n in happened
        ],
    )


change_case = Act(ChangeCase, CaseChanged, gather, decide, record)
