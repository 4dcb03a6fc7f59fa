"""The proof of a struck price: the lowest price of the seven days before, all of them on offer."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Tx, queries


class Struck(msgspec.Struct):
    """What stands struck at a SKU (fen), and up to what it might be; changes as a batch decides."""

    sku_id: int
    compare_fen: int | None
    lowest_fen: int | None


sql = queries(__file__)
struck = sql.many("struck", Struck)


async def proofs(tx: Tx, sku_ids: Sequence[int]) -> dict[int, Struck]:
    """Read the proofs of these SKUs; an unknown one is left out."""
    return {each.sku_id: each for each in await struck(tx, sku_ids=sku_ids)}
