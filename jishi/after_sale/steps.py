"""Steps: the cases an act leads on, and the row that says who did and said what, and when."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from jishi import fulfilment, ledger
from jishi.after_sale import rules
from jishi.after_sale.apportion import Claim, refundable_fen
from jishi.kernel import Refused, Tx, columns, queries


class Case(msgspec.Struct):
    """A case as an act sees it under the book's lock; it moves on within a batch.

    `asked` is how often its line was asked about, by all of its cases; `left_fen` of the order's
    money is owed to no other case, and neither back nor on its way.
    """

    case_id: int
    order_id: int
    position: int
    sku_id: int
    store_id: int
    buyer_id: int
    kind: str
    reason: str
    quantity: int
    goods_fen: int
    freight_fen: int
    refund_fen: int
    is_shipped: bool
    is_replaced: bool
    state: str
    act_until: datetime | None
    asked: int
    left_fen: int


class Cases(msgspec.Struct):
    """Cases by id, and the moment."""

    cases: dict[int, Case]
    now: datetime


class Unsent(msgspec.Struct, frozen=True):
    """A case about goods that were not sent: whether it still asks for them."""

    case_id: int
    order_id: int
    is_open: bool


class Step(NamedTuple):
    """A step to be written: event `number` led the case to a state; who did what, and said."""

    number: int
    case_id: int
    state: str
    doer: str
    actor_id: int
    deed: str
    note: str


class Parcel(NamedTuple):
    """A parcel to be written, as event `number` told of it."""

    number: int
    case_id: int
    sender: str
    carrier: str
    tracking_number: str


sql = queries(__file__)
read_cases = sql.many("read_cases", Case)
write = sql.run("write")
read_withheld = sql.many("read_withheld", Unsent)
write_parcels = sql.run("write_parcels")


async def cases(tx: Tx, case_ids: Sequence[int]) -> Cases:
    """Read these cases under the book's lock."""
    return Cases({each.case_id: each for each in await read_cases(tx, case_ids=case_ids)}, tx.now)


def led(
    world: Cases, case_id: int, to: str, doer: str, buyer_id: int | None = None
) -> Case | Refused:
    """Lead a case to a state if its doer may; a buyer leads his own."""
    case = world.cases.get(case_id)
    if case is None or buyer_id not in {None, case.buyer_id}:
        return Refused("case_unknown")
    if not rules.may_step(case.state, to, doer):
        return Refused("case_elsewhere", {"state": case.state})
    case.state = to
    return case


def most_fen(case: Case, reason: str) -> int:
    """Give the most that a case is refunded when it has this reason."""
    claim = Claim(case.position, case.quantity, case.goods_fen, case.freight_fen)
    return min(refundable_fen(claim, reason, is_shipped=case.is_shipped), case.left_fen)


def grant(world: Cases, case: Case, refund_fen: int) -> None:
    """Let a case give back so much; the others of its order see that it is not left to them."""
    more_fen = refund_fen - case.refund_fen
    case.refund_fen = refund_fen
    for each in world.cases.values():
        if each.order_id == case.order_id and each is not case:
            each.left_fen = max(each.left_fen - more_fen, 0)


async def step(tx: Tx, steps: Sequence[Step]) -> None:
    """Write the steps; each case stands where it led, and its clock begins anew."""
    rows = [
        (*each, tx.now + rules.WAITS[each.state] if each.state in rules.WAITS else None)
        for each in steps
    ]
    names = ("numbers", "case_ids", "states", "doers", "actor_ids", "deeds", "notes", "untils")
    await write(tx, **columns(rows, *names))
    unsent = await read_withheld(tx, case_ids=sorted({each.case_id for each in steps}))
    if unsent:
        await fulfilment.withhold(
            tx, [fulfilment.Withheld(each.case_id, each.order_id, each.is_open) for each in unsent]
        )


async def note_parcels(tx: Tx, parcels: Sequence[Parcel]) -> None:
    """Write the parcels."""
    names = ("numbers", "case_ids", "senders", "carriers", "tracking_numbers")
    await write_parcels(tx, **columns(parcels, *names))


def unsent(number: int, case: "Goods") -> ledger.Move:
    """Give the transfer that puts back on the shelf what was paid and never sent."""
    return ledger.Move(
        number, case.sku_id, case.quantity,
        "customer", case.order_id, "shelf", case.store_id, "after_sale_unsent",
    )  # fmt: skip


class Goods(msgspec.Struct, frozen=True):
    """Units of a SKU that an order has, and the store whose shelf they came from."""

    order_id: int
    sku_id: int
    store_id: int
    quantity: int


def goods_of(case: Case) -> Goods:
    """Give what a case is about."""
    return Goods(case.order_id, case.sku_id, case.store_id, case.quantity)


def returned_unsent(case: Case) -> Goods | None:
    """Give what lies on the shelf again once this case is refunded, if it was never sent."""
    return None if case.is_shipped or case.state != "refunding" else goods_of(case)
