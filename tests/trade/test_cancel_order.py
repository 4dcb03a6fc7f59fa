"""Cancelling: the buyer's own order, while it awaits payment; its stock comes back."""

import asyncio

import pytest

from jishi import goods, trade
from jishi.kernel import Market, Refused, new_id
from jishi.kernel.tx import Tx
from tests.conftest import opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import cancel, close, place


@pytest.fixture
def book() -> int:
    """Give a book that no other test has."""
    return new_id() >> 20


async def free(market: Market, book: int) -> int:
    """Read what is free of the first SKU."""
    async with market.database.transaction(book=book) as connection:
        [stock] = await goods.shelf(Tx(connection, book), [sku_of(book, 1)])
    return stock.free


async def placed(market: Market, book: int, quantity: int = 3) -> trade.PlaceOrder:
    """Place an order and give what was asked."""
    asked = place(book, (sku_of(book, 1), quantity, price_of(1)))
    assert isinstance(await market.ask(asked), trade.OrderPlaced)
    return asked


def test_a_cancelled_order_is_closed_at_once_for_whoever_waits(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        await seed_shops(owner_url, book)
        async with opened(database_url) as market:
            asked = await placed(market, book)
            assert await free(market, book) == 7
            answer = await market.ask(cancel(book, asked.order_id), wait=5)
            assert answer == trade.OrderCancelled(subject_id=asked.order_id)
            assert await free(market, book) == 10
            found = await market.look(
                trade.views.order, person=7, shop=f"shop-{book}", order=asked.public_id
            )
            assert found is not None
            assert [(step.state, step.by, step.reason) for step in found.steps] == [
                ("awaiting_payment", "buyer", "order_placed"),
                ("closing", "buyer", "buyer_cancelled"),
                ("closed", "market", "nothing_to_pay"),
            ]

    asyncio.run(scene())


def test_stock_stays_set_aside_while_an_order_is_closing(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        await seed_shops(owner_url, book)
        async with opened(database_url) as market:
            asked = await placed(market, book)
            await market.ask(cancel(book, asked.order_id))
            assert await free(market, book) == 7
            assert isinstance(await market.ask(close(book, asked.order_id)), trade.OrderClosed)
            assert await free(market, book) == 10
            again = await market.ask(close(book, asked.order_id))
            assert again == Refused("order_not_closing", {"state": "closed"})
            assert await free(market, book) == 10

    asyncio.run(scene())


def test_only_its_buyer_cancels_it_and_only_once(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        await seed_shops(owner_url, book)
        async with opened(database_url) as market:
            asked = await placed(market, book)
            somebody = cancel(book, asked.order_id, buyer=8)
            assert await market.ask(somebody) == Refused("order_unknown")
            assert await market.ask(cancel(book, new_id())) == Refused("order_unknown")
            answers = await asyncio.gather(
                *(market.ask(cancel(book, asked.order_id)) for _ in range(3))
            )
            assert sum(isinstance(answer, trade.OrderCancelled) for answer in answers) == 1
            assert Refused("order_not_open", {"state": "closing"}) in answers
            open_still = await placed(market, book)
            not_yet = await market.ask(close(book, open_still.order_id))
            assert not_yet == Refused("order_not_closing", {"state": "awaiting_payment"})

    asyncio.run(scene())
