"""Change a cart: how many of each, what is chosen, what goes out."""

from collections.abc import Sequence

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx
from jishi.trade import carts
from jishi.trade.carts import CartLine, Carts
from jishi.trade.rules import QUANTITY_MAX


class ChangeCart(Request, frozen=True, kw_only=True):
    """Whoever holds the cart (`actor_id`) wants these of its lines so; none of it takes it out.

    A line that is no longer there stays out. Asked of the market's book. Refused: `cart_full`,
    `quantity_out_of_bounds`, `price_out_of_bounds`.
    """

    lines: tuple[CartLine, ...]


class CartChanged(Event, frozen=True, kw_only=True):
    """These lines in the cart of `subject_id` are so now; the cart has so many lines."""

    lines: list[CartLine]
    lines_count: int


async def gather(tx: Tx, asked: Sequence[ChangeCart]) -> Carts:
    """Read the carts."""
    return await carts.carts(tx, [each.actor_id for each in asked])


def decide(world: Carts, asked: ChangeCart) -> CartChanged | Refused:
    """Accept what one may order."""
    if len(asked.lines) > carts.CART_LINES_MAX:
        return Refused("cart_full", {"lines_max": carts.CART_LINES_MAX})
    if not all(carts.is_in_bounds(line, 0) for line in asked.lines):
        return Refused("quantity_out_of_bounds", {"quantity_max": QUANTITY_MAX})
    if not all(carts.is_price(line.seen_fen) for line in asked.lines):
        return Refused("price_out_of_bounds")
    cart = world[asked.actor_id]
    named = {(line.shop_book, line.sku_id): line for line in asked.lines}
    changed = [line for name, line in named.items() if name in cart]
    for name in named.keys() & cart.keys():
        cart[name] = named[name]
        if cart[name].quantity == 0:
            del cart[name]
    return CartChanged(subject_id=asked.actor_id, lines=changed, lines_count=len(cart))


async def record(tx: Tx, happened: Sequence[Happened[ChangeCart, CartChanged]]) -> None:
    """Write the lines, and take out what is not wanted."""
    rows = [(event.subject_id, line) for _, event, _ in happened for line in event.lines]
    await carts.keep(tx, rows)


change_cart = Act(ChangeCart, CartChanged, gather, decide, record)
