"""Orders as shipping sees them: where they stand, and what is left of each line to send."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec

from jishi.kernel import Tx, queries


class Shipping(msgspec.Struct):
    """An order that goes by parcel, or another way; `last_at`: when it was sent, all of it."""

    order_id: int
    buyer_id: int
    delivery: str
    state: str
    is_withheld: bool
    address_id: int
    last_at: datetime | None


class Left(msgspec.Struct):
    """A line, and how many of its units may still be sent."""

    order_id: int
    position: int
    left: int


class World(msgspec.Struct):
    """Orders, what is left of their lines by position, and what time it is."""

    orders: dict[int, Shipping]
    left: dict[int, dict[int, int]]
    now: datetime


sql = queries(__file__)
read = sql.many("read", Shipping)
read_left = sql.many("read_left", Left)


async def shipping(tx: Tx, order_ids: Sequence[int]) -> World:
    """Read these orders under the book's lock."""
    asked = sorted(set(order_ids))
    left: dict[int, dict[int, int]] = defaultdict(dict)
    for each in await read_left(tx, order_ids=asked):
        left[each.order_id][each.position] = each.left
    return World({each.order_id: each for each in await read(tx, order_ids=asked)}, left, tx.now)
