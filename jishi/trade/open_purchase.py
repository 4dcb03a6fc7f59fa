"""Open a purchase: the orders of several shops, all held, are to be paid together."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.trade.rules import SHOPS_MAX, are_parts_well_formed
from jishi.trade.types import PurchasePart


class OpenPurchase(Request, frozen=True, kw_only=True):
    """The buyer (`actor_id`) placed these orders, one a shop, under this id.

    Asked of the market's book. Refused: `purchase_out_of_bounds`, `purchase_id_taken`.
    """

    made: ClassVar[dict[str, object]] = {"public_id": ""}

    purchase_id: int
    public_id: str
    parts: tuple[PurchasePart, ...]


class PurchaseOpened(Event, frozen=True, kw_only=True):
    """The purchase (`subject_id`) is of these orders."""

    public_id: str
    parts: list[PurchasePart]


class Taken(msgspec.Struct, frozen=True):
    """A purchase id that is in use."""

    purchase_id: int


sql = queries(__file__)
taken = sql.many("taken", Taken)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[OpenPurchase]) -> set[int]:
    """Read which ids are in use."""
    found = await taken(tx, purchase_ids=[each.purchase_id for each in asked])
    return {each.purchase_id for each in found}


def decide(world: set[int], asked: OpenPurchase) -> PurchaseOpened | Refused:
    """Accept two to ten shops, each once."""
    if not are_parts_well_formed(asked.parts):
        return Refused("purchase_out_of_bounds", {"shops_max": SHOPS_MAX})
    if asked.purchase_id <= 0 or asked.purchase_id in world:
        return Refused("purchase_id_taken")
    world.add(asked.purchase_id)
    return PurchaseOpened(
        subject_id=asked.purchase_id, public_id=asked.public_id, parts=list(asked.parts)
    )


async def record(tx: Tx, happened: Sequence[Happened[OpenPurchase, PurchaseOpened]]) -> None:
    """Write the purchases and their parts."""
    parts = [
        (event.subject_id, position, part.shop_book, part.order_id)
        for _, event, _ in happened
        for position, part in enumerate(event.parts, start=1)
    ]
    await write(
        tx,
        **columns(
            [(event.subject_id, event.public_id, asked.actor_id) for asked, event, _ in happened],
            "purchase_ids", "public_ids", "buyer_ids",
        ),
        **columns(parts, "of_purchases", "positions", "shop_books", "order_ids"),
    )  # fmt: skip


open_purchase = Act(OpenPurchase, PurchaseOpened, gather, decide, record)
