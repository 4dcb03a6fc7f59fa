"""Receive goods that came back: count what may be sold again, and what is damaged."""

from collections.abc import Sequence

from jishi import ledger
from jishi.after_sale import rules, steps
from jishi.after_sale.steps import Cases, Goods, Step
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries


class ReceiveGoods(Request, frozen=True, kw_only=True):
    """The seller has the parcel: so many good, so many damaged; he accepts what came.

    Refused: `text_out_of_bounds`, `case_unknown`, `case_elsewhere`, `count_out_of_bounds`.
    """

    case_id: int
    good: int
    damaged: int
    note: str


class GoodsReceived(Event, frozen=True, kw_only=True):
    """Exactly what was counted came back; the case (`subject_id`) stands in `state`."""

    order_id: int
    state: str
    refund_fen: int
    goods: Goods


sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[ReceiveGoods]) -> Cases:
    """Read the cases."""
    return await steps.cases(tx, [each.case_id for each in asked])


def decide(world: Cases, asked: ReceiveGoods) -> GoodsReceived | Refused:
    """Accept a count of at least one, and of no more than the case is about."""
    if not rules.is_text(asked.note, rules.TEXT_CHARACTERS_MAX, may_be_empty=True):
        return Refused("text_out_of_bounds", {"characters_max": rules.TEXT_CHARACTERS_MAX})
    case = world.cases.get(asked.case_id)
    if case is None:
        return Refused("case_unknown")
    if case.state != "seller_to_receive":
        return Refused("case_elsewhere", {"state": case.state})
    counts = (asked.good, asked.damaged)
    if min(counts) < 0 or not 1 <= sum(counts) <= case.quantity:
        return Refused("count_out_of_bounds", {"quantity": case.quantity})
    case.state = rules.once_received(case.kind)
    return GoodsReceived(
        subject_id=case.case_id, order_id=case.order_id, state=case.state,
        refund_fen=case.refund_fen, goods=steps.goods_of(case),
    )  # fmt: skip


async def record(tx: Tx, happened: Sequence[Happened[ReceiveGoods, GoodsReceived]]) -> None:
    """Write the count and the step; move what came from the customer to where it lies now."""
    counts = [(n, asked.case_id, asked.good, asked.damaged) for asked, _, n in happened]
    await write(tx, **columns(counts, "numbers", "case_ids", "good", "damaged"))
    await steps.step(
        tx,
        [
            Step(n, asked.case_id, event.state, "seller", asked.actor_id, "received", asked.note)
            for asked, event, n in happened
        ],
    )
    damaged = [event.goods for asked, event, _ in happened if asked.damaged]
    await ledger.open_accounts(
        tx,
        [each.sku_id for each in damaged],
        ["damaged"] * len(damaged),
        [each.store_id for each in damaged],
    )
    await ledger.move(tx, [move for each in happened for move in _moves(each)])


def _moves(received: Happened[ReceiveGoods, GoodsReceived]) -> list[ledger.Move]:
    asked, event, number = received
    goods = event.goods
    return [
        ledger.Move(
            number, goods.sku_id, quantity,
            "customer", goods.order_id, kind, goods.store_id, "after_sale_received",
        )
        for kind, quantity in (("shelf", asked.good), ("damaged", asked.damaged))
        if quantity
    ]  # fmt: skip


receive_goods = Act(ReceiveGoods, GoodsReceived, gather, decide, record)
