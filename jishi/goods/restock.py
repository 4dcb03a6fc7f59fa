"""Restock a SKU: more of it lies on the shelf, or less, with a reason."""

from collections.abc import Sequence
from typing import NamedTuple

from jishi import ledger
from jishi.goods.shelf import Stock, shelf
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx

QUANTITY_MAX = 1_000_000
REASON_CHARACTERS_MAX = 100


class Restock(Request, frozen=True, kw_only=True):
    """So many units come to a store (or, negative, go), for a reason that people can read.

    Without a store they come to the first. Refused: `quantity_out_of_bounds`,
    `reason_out_of_bounds`, `sku_unknown`, `store_unknown`, `stock_too_low`.
    """

    sku_id: int
    quantity: int
    reason: str
    store_id: int = 0


class Restocked(Event, frozen=True, kw_only=True):
    """The shelf of a store has so many units more, or less."""

    store_id: int
    quantity: int
    reason: str


class World(NamedTuple):
    """What lies on the shelves of each SKU, the first store's first."""

    shelves: dict[int, list[Stock]]


async def gather(tx: Tx, asked: Sequence[Restock]) -> World:
    """Read the shelves."""
    world = World({})
    for stock in await shelf(tx, sorted({each.sku_id for each in asked})):
        world.shelves.setdefault(stock.sku_id, []).append(stock)
    return world


def decide(world: World, restock: Restock) -> Restocked | Refused:
    """Accept what leaves the shelf at nothing or above."""
    if restock.quantity == 0 or abs(restock.quantity) > QUANTITY_MAX:
        return Refused("quantity_out_of_bounds", {"quantity_max": QUANTITY_MAX})
    if not 1 <= len(restock.reason) <= REASON_CHARACTERS_MAX or "\x00" in restock.reason:
        return Refused("reason_out_of_bounds", {"characters_max": REASON_CHARACTERS_MAX})
    its = world.shelves.get(restock.sku_id)
    if its is None:
        return Refused("sku_unknown")
    stock = next((each for each in its if restock.store_id in {0, each.store_id}), None)
    if stock is None:
        return Refused("store_unknown")
    if stock.free + restock.quantity < 0:
        return Refused("stock_too_low", {"free": stock.free})
    stock.free += restock.quantity
    return Restocked(
        subject_id=restock.sku_id,
        store_id=stock.store_id,
        quantity=restock.quantity,
        reason=restock.reason,
    )


async def record(tx: Tx, happened: Sequence[Happened[Restock, Restocked]]) -> None:
    """Move the units from the supplier to the shelf, or back."""
    await ledger.move(
        tx,
        [
            stock_move(number, e.subject_id, e.store_id, e.quantity, e.reason)
            for _, e, number in happened
        ],
    )


def stock_move(number: int, sku_id: int, store_id: int, quantity: int, reason: str) -> ledger.Move:
    """Give the transfer that puts units on a shelf, or, negative, takes them away."""
    if quantity > 0:
        return ledger.Move(number, sku_id, quantity, "supplier", 0, "shelf", store_id, reason)
    return ledger.Move(number, sku_id, -quantity, "shelf", store_id, "supplier", 0, reason)


restock = Act(Restock, Restocked, gather, decide, record)
