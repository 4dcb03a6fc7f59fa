"""The shelf: what a SKU costs and how much of it is free, as an act sees it under the lock."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Tx, queries


class Stock(msgspec.Struct):
    """A SKU in its shop's first store: what it costs and weighs, if it is for sale, what is free.

    What is free goes down as a batch decides.
    """

    sku_id: int
    price_fen: int
    is_live: bool
    store_id: int
    free: int
    weight_grams: int = 0


sql = queries(__file__)
stocks = sql.many("stocks", Stock)


async def shelf(tx: Tx, sku_ids: Sequence[int]) -> list[Stock]:
    """Read these SKUs, each once; an unknown one is left out."""
    return await stocks(tx, sku_ids=sku_ids)
