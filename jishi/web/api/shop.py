"""The shop that a key is for."""

import msgspec
from litestar import get

from jishi import goods
from jishi.web.asked import Asked, house
from jishi.web.caller import caller_of, needs


class Shop(msgspec.Struct, frozen=True):
    """A shop by its public id, and what the key is for."""

    shop: str
    name: str
    name_en: str
    scopes: list[str]


@get("/shop", opt=needs("goods:read"), summary="The shop of this key")
async def show_shop(request: Asked) -> Shop:
    """Show the shop of the key, and what the key is for."""
    caller = caller_of(request)
    found = await house(request).market.look(goods.feed.shop, book=caller.book)
    assert found is not None, "a key is of a shop"
    return Shop(found.shop, found.name, found.name_en, caller.scopes)
