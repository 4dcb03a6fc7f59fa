"""Send a replacement: other goods leave the shelf for those that came back."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from jishi import ledger
from jishi.after_sale import rules, steps
from jishi.after_sale.steps import Cases, Goods, Parcel, Step
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries


class SendReplacement(Request, frozen=True, kw_only=True):
    """The seller sent other goods by this carrier, under this number.

    Refused: `parcel_unclear`, `case_unknown`, `case_elsewhere`, `out_of_stock`.
    """

    case_id: int
    carrier: str
    tracking_number: str


class ReplacementSent(Event, frozen=True, kw_only=True):
    """The goods are on their way to the buyer of the case (`subject_id`)."""

    goods: Goods


class Shelf(msgspec.Struct, frozen=True):
    """What is free of a SKU in a store."""

    sku_id: int
    store_id: int
    free: int


class World(msgspec.Struct):
    """The cases, and what is free on the shelves that they need."""

    cases: Cases
    free: Counter[tuple[int, int]]


sql = queries(__file__)
read_shelves = sql.many("read_shelves", Shelf)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[SendReplacement]) -> World:
    """Read the cases, then the shelves."""
    cases = await steps.cases(tx, [each.case_id for each in asked])
    sku_ids = sorted({each.sku_id for each in cases.cases.values()})
    shelves = await read_shelves(tx, sku_ids=sku_ids)
    return World(cases, Counter({(each.sku_id, each.store_id): each.free for each in shelves}))


def decide(world: World, asked: SendReplacement) -> ReplacementSent | Refused:
    """Accept once, while the shelf has what is to be sent."""
    if not rules.is_parcel(asked.carrier, asked.tracking_number):
        return Refused("parcel_unclear")
    case = world.cases.cases.get(asked.case_id)
    if case is None:
        return Refused("case_unknown")
    if case.state != "exchange_shipping" or case.is_replaced:
        return Refused("case_elsewhere", {"state": case.state})
    if world.free[case.sku_id, case.store_id] < case.quantity:
        return Refused("out_of_stock", {"sku_ids": [case.sku_id]})
    world.free[case.sku_id, case.store_id] -= case.quantity
    case.is_replaced = True
    return ReplacementSent(subject_id=case.case_id, goods=steps.goods_of(case))


async def record(tx: Tx, happened: Sequence[Happened[SendReplacement, ReplacementSent]]) -> None:
    """Write the parcel and the step; the goods go to the customer."""
    await write(tx, case_ids=[asked.case_id for asked, _, _ in happened])
    await steps.note_parcels(
        tx,
        [
            Parcel(n, asked.case_id, "seller", asked.carrier, asked.tracking_number)
            for asked, _, n in happened
        ],
    )
    to = "exchange_shipping"
    await steps.step(
        tx,
        [
            Step(n, asked.case_id, to, "seller", asked.actor_id, "replacement_sent", "")
            for asked, _, n in happened
        ],
    )
    await ledger.move(tx, [_move(event.goods, number) for _, event, number in happened])


def _move(goods: Goods, number: int) -> ledger.Move:
    return ledger.Move(
        number, goods.sku_id, goods.quantity,
        "shelf", goods.store_id, "customer", goods.order_id, "after_sale_replaced",
    )  # fmt: skip


send_replacement = Act(SendReplacement, ReplacementSent, gather, decide, record)
