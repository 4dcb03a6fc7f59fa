"""An order that costs nothing is paid by nobody, once; its goods are the customer's."""

import asyncio
from uuid import uuid4

import pytest

from jishi import trade
from jishi.kernel import Refused, new_id
from tests.conftest import opened, run_as_owner
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import cancel, place
from tests.trade.test_take_payment import broken
from tests.web.reader import count

STATE = "select count(*) from trade.orders where book = $1 and state = $2"
GONE = "select sum(amount) from ledger.transfers where book = $1 and taker_kind = 'customer'"


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop whose first product is free."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found))
    free = f"update goods.skus set price_fen = 0 where sku_id = {sku_of(found, 1)}"
    asyncio.run(run_as_owner(owner_url, free))
    return found


def accept(book: int, order_id: int) -> trade.AcceptFreeOrder:
    """Let it be paid."""
    return trade.AcceptFreeOrder(key=uuid4(), book=book, actor_id=0, order_id=order_id)


def test_it_is_paid_as_soon_as_it_is_placed(database_url: str, owner_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            asked = place(book, (sku_of(book, 1), 2, 0))
            await market.ask(asked, wait=5)
            again = await market.ask(accept(book, asked.order_id))
            assert again == Refused("order_not_open", {"state": "paid"})
        assert await count(owner_url, STATE, book, "paid") == 1
        assert await count(owner_url, GONE, book) == 2
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_it_refuses_in_this_order(database_url: str, owner_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            assert await market.ask(accept(book, new_id())) == Refused("order_unknown")
            asked = place(book, (sku_of(book, 2), 1, price_of(2)))
            await market.ask(asked)
            assert await market.ask(accept(book, asked.order_id)) == Refused("order_not_free")
            await market.ask(cancel(book, asked.order_id))
            late = await market.ask(accept(book, asked.order_id))
            assert late == Refused("order_not_open", {"state": "closing"})
        assert await count(owner_url, STATE, book, "paid") == 0

    asyncio.run(scene())
