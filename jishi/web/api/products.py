"""Products: listed, and one by one."""

import msgspec
from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from jishi import goods
from jishi.goods.feed import FedProduct
from jishi.web.api.asking import PAGE, cursor_after, page_of
from jishi.web.asked import Asked, house
from jishi.web.caller import caller_of, needs


class Products(msgspec.Struct, frozen=True):
    """A page of products, newest first; `next` is the cursor of the next page."""

    items: list[FedProduct]
    next: str | None


@get("/products", opt=needs("goods:read"), summary="List products")
async def list_products(
    request: Asked,
    cursor: FromQuery[str] = "",
    limit: FromQuery[int] = PAGE,
) -> Products:
    """List the shop's products, drafts too, newest first."""
    before, wanted = page_of(cursor, limit)
    found = await house(request).market.look(
        goods.feed.products, book=caller_of(request).book, before=before, products_max=wanted
    )
    last = found[-1].product_id if found else 0
    return Products(found, cursor_after(found, wanted, last))


@get("/products/{product:str}", opt=needs("goods:read"), summary="Show a product")
async def show_product(request: Asked, product: FromPath[str]) -> FedProduct:
    """Show one product by its public id."""
    found = await house(request).market.look(
        goods.feed.product, book=caller_of(request).book, product=product
    )
    if found is None:
        raise NotFoundException
    return found
