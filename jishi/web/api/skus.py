"""SKUs by the merchant's own code: priced, and their stock adjusted."""

import msgspec
from litestar import post
from litestar.params import FromPath, JSONBody

from jishi import goods
from jishi.kernel import Refused
from jishi.web.api.asking import ask, key_of
from jishi.web.api.problems import MarketRefused
from jishi.web.asked import Asked, house
from jishi.web.caller import caller_of, needs


class Price(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a SKU shall cost (fen), and the price struck out, if any."""

    price_fen: int
    compare_fen: int | None = None


class Adjustment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many units more or, negative, fewer; with a reason that people can read."""

    quantity: int
    reason: str


@post("/skus/{code:str}/price", opt=needs("goods:write"), status_code=200, summary="Price a SKU")
async def set_price(request: Asked, code: FromPath[str], data: JSONBody[Price]) -> Price:
    """Price a SKU from now on; the history is kept."""
    caller = caller_of(request)
    asked = goods.PriceSku(
        key=key_of(request), book=caller.book, actor_id=caller.key_id,
        sku_id=await sku_of(request, code), price_fen=data.price_fen, compare_fen=data.compare_fen,
    )  # fmt: skip
    priced = await ask(request, asked, goods.SkuPriced)
    return Price(priced.price_fen, priced.compare_fen)


@post(
    "/skus/{code:str}/adjustments", opt=needs("stock:write"), status_code=200,
    summary="Adjust the stock of a SKU",
)  # fmt: skip
async def adjust(request: Asked, code: FromPath[str], data: JSONBody[Adjustment]) -> Adjustment:
    """Put units on the shelf, or take them off it."""
    caller = caller_of(request)
    asked = goods.Restock(
        key=key_of(request), book=caller.book, actor_id=caller.key_id,
        sku_id=await sku_of(request, code), quantity=data.quantity, reason=data.reason,
    )  # fmt: skip
    moved = await ask(request, asked, goods.Restocked)
    return Adjustment(moved.quantity, moved.reason)


async def sku_of(asked: Asked, code: str) -> int:
    """Find the SKU that the merchant calls so."""
    found = await house(asked).market.look(
        goods.feed.sku_by_code, book=caller_of(asked).book, code=code
    )
    if found is None:
        raise MarketRefused(Refused("sku_unknown"))
    return found.sku_id
