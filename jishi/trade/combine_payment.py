"""Combine payments: the parts of a purchase were all started, and are now paid at once.

Asked of the market's book when each part's attempt is open in its own. From here on WeChat is
asked for the whole; what comes in is taken part by part, each in its shop's book.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec

from jishi import money
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries
from jishi.trade.types import PurchasePart


class CombinePayment(Request, frozen=True, kw_only=True):
    """The buyer (`actor_id`) pays these parts of his purchase at once, in a way.

    `amounts_fen` and `order_numbers` are of the parts, in their order. Asked of the market's
    book. Refused: `way_unknown`, `combined_out_of_bounds`, `purchase_unknown`, `nothing_to_pay`.
    """

    purchase_id: int
    combined: money.Combined
    way: str
    amounts_fen: tuple[int, ...]
    order_numbers: tuple[str, ...]
    pay_until: datetime


class PaymentCombined(Event, frozen=True, kw_only=True):
    """The payment of several parts (`subject_id` is its id) is to be made known at WeChat."""

    purchase_id: int
    buyer_id: int
    combined: money.Combined
    way: str
    amounts_fen: list[int]
    order_numbers: list[str]
    pay_until: datetime


class Part(msgspec.Struct, frozen=True):
    """A part of a purchase, and whose it is."""

    purchase_id: int
    buyer_id: int
    shop_book: int
    order_id: int


class World(msgspec.Struct):
    """Whose the purchases are, and of what."""

    buyers: dict[int, int]
    parts: dict[int, set[PurchasePart]]


sql = queries(__file__)
read_parts = sql.many("read_parts", Part)


async def gather(tx: Tx, asked: Sequence[CombinePayment]) -> World:
    """Read the purchases with their parts."""
    world = World({}, defaultdict(set))
    for each in await read_parts(tx, purchase_ids=[one.purchase_id for one in asked]):
        world.buyers[each.purchase_id] = each.buyer_id
        world.parts[each.purchase_id].add(PurchasePart(each.shop_book, each.order_id))
    return world


def decide(world: World, asked: CombinePayment) -> PaymentCombined | Refused:
    """Accept parts of one purchase of the buyer, each for something."""
    if asked.way not in money.rules.WAYS:
        return Refused("way_unknown")
    if not is_well_formed(asked):
        return Refused("combined_out_of_bounds", {"shops_max": money.rules.COMBINED_MAX})
    wanted = {PurchasePart(part.book, part.order_id) for part in asked.combined.parts}
    is_his = world.buyers.get(asked.purchase_id) == asked.actor_id
    if not is_his or not wanted <= world.parts[asked.purchase_id]:
        return Refused("purchase_unknown")
    if any(fen <= 0 for fen in asked.amounts_fen):
        return Refused("nothing_to_pay")
    return PaymentCombined(
        subject_id=asked.combined.combined_id,
        purchase_id=asked.purchase_id,
        buyer_id=asked.actor_id,
        combined=asked.combined,
        way=asked.way,
        amounts_fen=list(asked.amounts_fen),
        order_numbers=list(asked.order_numbers),
        pay_until=asked.pay_until,
    )


def is_well_formed(asked: CombinePayment) -> bool:
    """Tell whether it is a combined payment with an amount and a number for each part."""
    parts = len(asked.combined.parts)
    return (
        money.rules.is_combined_well_formed(asked.combined)
        and len(asked.amounts_fen) == len(asked.order_numbers) == parts
        and all(map(money.rules.is_text, asked.order_numbers))
    )


async def record(tx: Tx, happened: Sequence[Happened[CombinePayment, PaymentCombined]]) -> None:
    """Write nothing: each part's attempt stands in its own book."""


combine_payment = Act(CombinePayment, PaymentCombined, gather, decide, record)
