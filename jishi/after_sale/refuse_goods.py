"""Refuse goods that came back: they are others, used, or not there."""

from collections.abc import Sequence

from jishi.after_sale import rules, steps
from jishi.after_sale.steps import Cases, Step
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx


class RefuseGoods(Request, frozen=True, kw_only=True):
    """The seller does not accept what came; the note is his reason.

    Refused: `text_out_of_bounds`, `case_unknown`, `case_elsewhere`.
    """

    case_id: int
    note: str


class GoodsRefused(Event, frozen=True, kw_only=True):
    """Either side may ask the market to decide the case (`subject_id`)."""


async def gather(tx: Tx, asked: Sequence[RefuseGoods]) -> Cases:
    """Read the cases."""
    return await steps.cases(tx, [each.case_id for each in asked])


def decide(world: Cases, asked: RefuseGoods) -> GoodsRefused | Refused:
    """Accept a refusal that gives its reason."""
    if not rules.is_text(asked.note, rules.TEXT_CHARACTERS_MAX):
        return Refused("text_out_of_bounds", {"characters_max": rules.TEXT_CHARACTERS_MAX})
    case = steps.led(world, asked.case_id, "seller_refused_goods", "seller")
    return case if isinstance(case, Refused) else GoodsRefused(subject_id=case.case_id)


async def record(tx: Tx, happened: Sequence[Happened[RefuseGoods, GoodsRefused]]) -> None:
    """Write the step."""
    to = "seller_refused_goods"
    await steps.step(
        tx,
        [
            Step(n, asked.case_id, to, "seller", asked.actor_id, "goods_refused", asked.note)
            for asked, _, n in happened
        ],
    )


refuse_goods = Act(RefuseGoods, GoodsRefused, gather, decide, record)
