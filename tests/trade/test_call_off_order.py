"""Calling off: the shop's own order, while nothing is paid; its stock comes back."""

import asyncio
from uuid import uuid4

from jishi import trade
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import place
from tests.trade.paying import came, started, take


def call_off(book: int, order_id: int) -> trade.CallOffOrder:
    """Ask to call an order off."""
    return trade.CallOffOrder(key=uuid4(), book=book, actor_id=900, order_id=order_id)


def test_an_order_that_is_called_off_is_closed_and_its_buyer_is_told_by_whom(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        book = new_id() >> 20
        await seed_shops(owner_url, book)
        async with opened(database_url) as market:
            asked = place(book, (sku_of(book, 1), 3, price_of(1)))
            assert isinstance(await market.ask(asked), trade.OrderPlaced)
            answer = await market.ask(call_off(book, asked.order_id), wait=5)
            assert answer == trade.OrderCalledOff(subject_id=asked.order_id)
            found = await market.look(
                trade.views.order, person=7, shop=f"shop-{book}", order=asked.public_id
            )
            assert found is not None
            assert [(step.state, step.by, step.reason) for step in found.steps][1:] == [
                ("closing", "market", "shop_called_off"), ("closed", "market", "nothing_to_pay"),
            ]  # fmt: skip
            again = await market.ask(call_off(book, asked.order_id))
            assert again == Refused("order_not_open", {"state": "closed"})
            assert await market.ask(call_off(book, new_id())) == Refused("order_unknown")

    asyncio.run(scene())


def test_what_is_paid_is_not_called_off(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        book = new_id() >> 20
        await seed_shops(owner_url, book)
        async with opened(database_url) as market:
            begun = await started(market, book)
            await market.ask(take(book, came(begun, transaction_id=f"43{begun.order_id}")))
            refused = await market.ask(call_off(book, begun.order_id))
            assert refused == Refused("order_not_open", {"state": "paid"})

    asyncio.run(scene())
