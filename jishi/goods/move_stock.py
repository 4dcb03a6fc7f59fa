"""Move stock of a SKU from one store of the shop to another: what is free there, as it is."""

from collections.abc import Sequence

import msgspec

from jishi import ledger
from jishi.goods.shelf import Stock, shelf
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx

QUANTITY_MAX = 1_000_000


class MoveStock(Request, frozen=True, kw_only=True):
    """So many units go from a store to another one.

    Refused: `quantity_out_of_bounds`, `sku_unknown`, `store_unknown`, `same_store`,
    `stock_too_low`.
    """

    sku_id: int
    from_store_id: int
    to_store_id: int
    quantity: int


class StockMoved(Event, frozen=True, kw_only=True):
    """The SKU (`subject_id`) lies there now, so many units of it."""

    from_store_id: int
    to_store_id: int
    quantity: int


class World(msgspec.Struct):
    """What lies on the shelves of each SKU, by the store."""

    shelves: dict[int, dict[int, Stock]]


async def gather(tx: Tx, asked: Sequence[MoveStock]) -> World:
    """Read the shelves."""
    world = World({})
    for stock in await shelf(tx, sorted({each.sku_id for each in asked})):
        world.shelves.setdefault(stock.sku_id, {})[stock.store_id] = stock
    return world


def decide(world: World, move: MoveStock) -> StockMoved | Refused:
    """Accept what is free in the one store, for another one of the shop."""
    if not 1 <= move.quantity <= QUANTITY_MAX:
        return Refused("quantity_out_of_bounds", {"quantity_max": QUANTITY_MAX})
    its = world.shelves.get(move.sku_id)
    if its is None:
        return Refused("sku_unknown")
    giver, taker = its.get(move.from_store_id), its.get(move.to_store_id)
    if giver is None or taker is None:
        return Refused("store_unknown")
    if giver is taker:
        return Refused("same_store")
    if giver.free < move.quantity:
        return Refused("stock_too_low", {"free": giver.free})
    giver.free -= move.quantity
    taker.free += move.quantity
    return StockMoved(
        subject_id=move.sku_id, from_store_id=giver.store_id, to_store_id=taker.store_id,
        quantity=move.quantity,
    )  # fmt: skip


async def record(tx: Tx, happened: Sequence[Happened[MoveStock, StockMoved]]) -> None:
    """Move the units from shelf to shelf."""
    await ledger.move(
        tx,
        [
            ledger.Move(
                number, event.subject_id, event.quantity,
                "shelf", event.from_store_id, "shelf", event.to_store_id, "between_stores",
            )
            for _, event, number in happened
        ],
    )  # fmt: skip


move_stock = Act(MoveStock, StockMoved, gather, decide, record)
