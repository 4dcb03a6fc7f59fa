"""Carts: what guests and people mean to order, as acts in the market's book change them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from jishi.goods.cells import PRICE_FEN_MAX
from jishi.kernel import Tx, columns, queries
from jishi.trade.rules import QUANTITY_MAX

CART_LINES_MAX = 100


class CartLine(msgspec.Struct, frozen=True):
    """So many of a shop's SKU, at the price (fen) that was shown, chosen for the next order."""

    shop_book: int
    sku_id: int
    quantity: int
    seen_fen: int
    is_chosen: bool = True


class HeldLine(msgspec.Struct, frozen=True):
    """A line and whose it is."""

    holder_id: int
    shop_book: int
    sku_id: int
    quantity: int
    seen_fen: int
    is_chosen: bool


Cart = dict[tuple[int, int], CartLine]
"""Lines by the shop's book and the SKU, in the order they were put in."""

Carts = defaultdict[int, Cart]
"""Carts by their holder; an act changes them as it decides."""

sql = queries(__file__)
held = sql.many("held", HeldLine)
write = sql.run("write")
drop = sql.run("drop")


async def carts(tx: Tx, holder_ids: Iterable[int]) -> Carts:
    """Read these holders' carts under the lock of the market's book."""
    found: Carts = defaultdict(dict)
    for line in await held(tx, holder_ids=sorted(set(holder_ids))):
        found[line.holder_id][line.shop_book, line.sku_id] = CartLine(
            line.shop_book, line.sku_id, line.quantity, line.seen_fen, line.is_chosen
        )
    return found


async def keep(tx: Tx, changed: Sequence[tuple[int, CartLine]]) -> None:
    """Write each holder's lines as they are now, the last of each; none of it is no line."""
    last = {(holder, line.shop_book, line.sku_id): line for holder, line in changed}
    gone = [name for name, line in last.items() if line.quantity == 0]
    kept = [
        (*name, line.quantity, line.seen_fen, line.is_chosen)
        for name, line in last.items()
        if line.quantity > 0
    ]
    if gone:
        await drop(tx, **columns(gone, "holder_ids", "shop_books", "sku_ids"))
    if kept:
        await write(
            tx,
            **columns(
                kept, "holder_ids", "shop_books", "sku_ids", "quantities", "seens", "choices"
            ),
        )


def is_in_bounds(line: CartLine, quantity_min: int) -> bool:
    """Tell whether a line's quantity can be kept."""
    return quantity_min <= line.quantity <= QUANTITY_MAX


def is_price(fen: int) -> bool:
    """Tell whether this can have been a price."""
    return 0 <= fen <= PRICE_FEN_MAX
