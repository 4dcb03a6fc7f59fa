"""Put something in a cart: more of it, if it is there already."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.trade import carts
from jishi.trade.carts import CartLine, Carts
from jishi.trade.rules import QUANTITY_MAX


class PutInCart(Request, frozen=True, kw_only=True):
    """A guest or a person (`actor_id`) wants so many more of a SKU, at the price he saw.

    Asked of the market's book. Refused: `quantity_out_of_bounds`, `price_out_of_bounds`,
    `cart_full`.
    """

    line: CartLine


class PutIntoCart(Event, frozen=True, kw_only=True):
    """The line in the cart of `subject_id` as it is now; the cart has so many lines."""

    line: CartLine
    lines_count: int


async def gather(tx: Tx, asked: Sequence[PutInCart]) -> Carts:
    """Read the carts."""
    return await carts.carts(tx, [each.actor_id for each in asked])


def decide(world: Carts, asked: PutInCart) -> PutIntoCart | Refused:
    """Accept as many as one may order of it, while the cart has room."""
    cart, line = world[asked.actor_id], asked.line
    there = cart.get((line.shop_book, line.sku_id))
    more = msgspec.structs.replace(line, quantity=line.quantity + (there.quantity if there else 0))
    if line.quantity < 1 or not carts.is_in_bounds(more, 1):
        return Refused("quantity_out_of_bounds", {"quantity_max": QUANTITY_MAX})
    if not carts.is_price(line.seen_fen):
        return Refused("price_out_of_bounds")
    if there is None and len(cart) >= carts.CART_LINES_MAX:
        return Refused("cart_full", {"lines_max": carts.CART_LINES_MAX})
    cart[line.shop_book, line.sku_id] = more
    return PutIntoCart(subject_id=asked.actor_id, line=more, lines_count=len(cart))


async def record(tx: Tx, happened: Sequence[Happened[PutInCart, PutIntoCart]]) -> None:
    """Write the lines."""
    await carts.keep(tx, [(event.subject_id, event.line) for _, event, _ in happened])


put_in_cart = Act(PutInCart, PutIntoCart, gather, decide, record)
