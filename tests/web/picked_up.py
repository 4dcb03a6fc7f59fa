"""Orders of the pages' tests that are paid, and wait in a store."""

import asyncio
from typing import NamedTuple

import asyncpg

from jishi import trade
from jishi.fulfilment.pickup import codes
from jishi.kernel.secret import read_secret
from tests.conftest import opened
from tests.trade.paying import came, start, take
from tests.web.reader import Reader

FOUND = "select order_id, buyer_id from trade.orders where book = $1 and public_id = $2"


class Waiting(NamedTuple):
    """An order that waits in its store: its page, its id, its code."""

    path: str
    order_id: int
    code: str


def waiting(reader: Reader, url: str, owner_url: str, book: int, quantity: int = 2) -> Waiting:
    """Order in this browser and pay."""
    path = reader.order(book, quantity=quantity)
    order_id = asyncio.run(pay(url, owner_url, book, path))
    return Waiting(path, order_id, codes.code_of(read_secret(), book, order_id, 0))


async def pay(url: str, owner_url: str, book: int, path: str) -> int:
    """Pay an order that was placed in a browser, and give its id."""
    owner = await asyncpg.connect(owner_url)
    try:
        row = await owner.fetchrow(FOUND, book, path.rpartition("/")[2])
    finally:
        await owner.close()
    assert row is not None
    order_id, buyer_id = int(row[0]), int(row[1])
    async with opened(url) as market:
        begun = await market.ask(start(book, order_id, buyer_id))
        assert isinstance(begun, trade.PaymentStarted)
        request = take(book, came(begun, transaction_id=f"42{order_id}"))
        taken = await market.ask(request, wait=5)
        assert isinstance(taken, trade.PaymentTaken)
    return order_id
