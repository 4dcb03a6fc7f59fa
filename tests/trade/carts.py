"""Carts for the tests."""

from uuid import uuid4

import asyncpg

from jishi import trade
from jishi.kernel import MARKET
from jishi.trade.carts import Cart, CartLine, Carts


def put(holder: int, shop_book: int, sku_id: int, quantity: int, seen: int = 1) -> trade.PutInCart:
    """Ask to put something in."""
    line = CartLine(shop_book, sku_id, quantity, seen)
    return trade.PutInCart(key=uuid4(), book=MARKET, actor_id=holder, line=line)


def change(holder: int, *lines: CartLine) -> trade.ChangeCart:
    """Ask for lines as they shall be."""
    return trade.ChangeCart(key=uuid4(), book=MARKET, actor_id=holder, lines=lines)


def merge(person: int, guest: int) -> trade.MergeCarts:
    """Ask for the guest's lines."""
    return trade.MergeCarts(key=uuid4(), book=MARKET, actor_id=person, guest_id=guest)


def world(**carts: list[CartLine]) -> Carts:
    """Give carts by their holder, `h7` for 7."""
    found = Carts(dict)
    for holder, lines in carts.items():
        found[int(holder[1:])] = Cart({(line.shop_book, line.sku_id): line for line in lines})
    return found


async def kept(owner_url: str, holder: int) -> list[tuple[int, int, int, int, bool]]:
    """Read a cart as the owner."""
    connection = await asyncpg.connect(owner_url)
    found = await connection.fetch(
        "select shop_book, sku_id, quantity, seen_fen, is_chosen from trade.cart_lines"
        " where holder_id = $1 order by put_at, sku_id", holder,
    )  # fmt: skip
    await connection.close()
    return [tuple(row) for row in found]
