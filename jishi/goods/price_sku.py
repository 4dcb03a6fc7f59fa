"""Price a SKU; every price it has had is kept, for a struck price needs proof."""

from collections.abc import Sequence
from typing import NamedTuple

from jishi.goods.cells import PRICE_FEN_MAX
from jishi.goods.proof import Struck, proofs
from jishi.goods.rules import may_be_struck
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries


class PriceSku(Request, frozen=True, kw_only=True):
    """A SKU costs this from now on (fen); `compare_fen` is the price struck out, if any.

    Refused: `price_out_of_bounds`, `struck_price_not_higher`, `sku_unknown`,
    `struck_price_unproven`.
    """

    sku_id: int
    price_fen: int
    compare_fen: int | None = None


class SkuPriced(Event, frozen=True, kw_only=True):
    """The SKU costs this (fen)."""

    price_fen: int
    compare_fen: int | None


class World(NamedTuple):
    """The SKUs that there are, and up to what their prices may be struck."""

    skus: dict[int, Struck]


sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[PriceSku]) -> World:
    """Read which SKUs there are, with their proofs."""
    return World(await proofs(tx, sorted({price.sku_id for price in asked})))


def decide(world: World, price: PriceSku) -> SkuPriced | Refused:
    """Accept a price in bounds, with a struck one above it that has its proof."""
    if not 0 <= price.price_fen <= PRICE_FEN_MAX:
        return Refused("price_out_of_bounds", {"price_fen_max": PRICE_FEN_MAX})
    if price.compare_fen is not None and not price.price_fen < price.compare_fen <= PRICE_FEN_MAX:
        return Refused("struck_price_not_higher")
    sku = world.skus.get(price.sku_id)
    if sku is None:
        return Refused("sku_unknown")
    if not may_be_struck(price.compare_fen, sku.compare_fen, sku.lowest_fen):
        return Refused("struck_price_unproven", {"lowest_fen": sku.lowest_fen})
    sku.compare_fen = price.compare_fen
    if sku.lowest_fen is not None:
        sku.lowest_fen = min(sku.lowest_fen, price.price_fen)
    return SkuPriced(
        subject_id=price.sku_id, price_fen=price.price_fen, compare_fen=price.compare_fen
    )


async def record(tx: Tx, happened: Sequence[Happened[PriceSku, SkuPriced]]) -> None:
    """Write the history and, of several in a batch, the last price."""
    rows = [(e.subject_id, number, e.price_fen, e.compare_fen) for _, e, number in happened]
    last = {row[0]: row for row in rows}
    await write(
        tx,
        **columns(rows, "sku_ids", "numbers", "prices", "compares"),
        **columns(
            [(row[0], *row[2:]) for row in last.values()],
            "last_ids",
            "last_prices",
            "last_compares",
        ),
    )


price_sku = Act(PriceSku, SkuPriced, gather, decide, record)
