"""The shelf: what a SKU costs and how much is free in each store, as an act sees it, locked."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Tx, queries


class Stock(msgspec.Struct):
    """A SKU in one store of its shop: what it costs and weighs, if it is for sale, what is free.

    What is free goes down as a batch decides. A person may buy at most `person_max` of the product;
    `needs_confirmation`: only who confirms it first, because it will not be taken back.
    """

    sku_id: int
    price_fen: int
    is_live: bool
    store_id: int
    free: int
    weight_grams: int = 0
    product_id: int = 0
    person_max: int | None = None
    needs_confirmation: bool = False


sql = queries(__file__)
stocks = sql.many("stocks", Stock)


async def shelf(tx: Tx, sku_ids: Sequence[int]) -> list[Stock]:
    """Read these SKUs in every store, the oldest store first; an unknown one is left out."""
    return await stocks(tx, sku_ids=sku_ids)
