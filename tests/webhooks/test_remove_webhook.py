"""A webhook that is removed is told nothing more; another shop's cannot be removed."""

import asyncio
from uuid import uuid4

from jishi import webhooks
from jishi.kernel import Refused
from tests.conftest import opened
from tests.shops import price_of, sku_of
from tests.trade.orders import place
from tests.webhooks.listener import a_listener, add, tell_all


def test_a_removed_webhook_is_told_nothing(database_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market, a_listener() as listener:
            asked = add(book, listener.url)
            await market.ask(asked)
            await market.ask(place(book, (sku_of(book, 1), 1, price_of(1))))
            await tell_all(market)
            assert listener.kinds == ["order.placed"]

            def remove(of: int, number: int) -> webhooks.RemoveWebhook:
                return webhooks.RemoveWebhook(key=uuid4(), book=of, actor_id=7, webhook_id=number)

            for odd in (0, -1, 2**63 - 1):
                assert await market.ask(remove(book, odd)) == Refused("webhook_unknown")
            answers = await asyncio.gather(
                *(market.ask(remove(book, asked.webhook_id)) for _ in range(2))
            )
            assert answers.count(Refused("webhook_unknown")) == 1
            await market.ask(place(book, (sku_of(book, 1), 1, price_of(1))))
            await tell_all(market)
            assert len(listener.heard) == 1
            assert await market.look(webhooks.views.all_webhooks, book=book) == []

    asyncio.run(scene())
