"""Orders: listed, and one by one. They name no person."""

from typing import Annotated

import msgspec
from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, QueryParameter

from jishi import trade
from jishi.trade.feed import FedOrder
from jishi.web.api.asking import PAGE, cursor_after, page_of
from jishi.web.asked import Asked, house
from jishi.web.caller import caller_of, needs


class Orders(msgspec.Struct, frozen=True):
    """A page of orders, newest first; `next` is the cursor of the next page."""

    items: list[FedOrder]
    next: str | None


@get("/orders", opt=needs("orders:read"), summary="List orders")
async def list_orders(
    request: Asked,
    cursor: FromQuery[str] = "",
    limit: FromQuery[int] = PAGE,
    of_state: Annotated[str, QueryParameter(name="state")] = "",
) -> Orders:
    """List the shop's orders, newest first, in one state or in any."""
    before, wanted = page_of(cursor, limit)
    book = caller_of(request).book
    found = await house(request).market.look(
        trade.feed.orders, book=book, before=before, state=of_state, orders_max=wanted
    )
    last = found[-1].order_id if found else 0
    return Orders(found, cursor_after(found, wanted, last))


@get("/orders/{order:str}", opt=needs("orders:read"), summary="Show an order")
async def show_order(request: Asked, order: FromPath[str]) -> FedOrder:
    """Show one order by its public id."""
    book = caller_of(request).book
    found = await house(request).market.look(trade.feed.order, book=book, order=order)
    if found is None:
        raise NotFoundException
    return found
