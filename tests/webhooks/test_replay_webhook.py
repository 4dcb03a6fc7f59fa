"""A webhook is told again from an event on, with the same ids; one that is off is on again."""

import asyncio
from uuid import uuid4

from jishi import webhooks
from jishi.kernel import Refused
from tests.conftest import opened, run_as_owner
from tests.shops import price_of, sku_of
from tests.trade.orders import place
from tests.webhooks.listener import a_listener, add, tell_all


def replay(book: int, webhook_id: int, from_number: int) -> webhooks.ReplayWebhook:
    """Ask to be told again."""
    return webhooks.ReplayWebhook(
        key=uuid4(), book=book, actor_id=7, webhook_id=webhook_id, from_number=from_number
    )


def test_what_was_told_is_told_again_under_its_id(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market, a_listener() as listener:
            asked = add(book, listener.url)
            await market.ask(asked)
            for _ in range(2):
                await market.ask(place(book, (sku_of(book, 1), 1, price_of(1))))
            await tell_all(market)
            first = [each.headers["webhook-id"] for each in listener.heard]
            off = f"update webhooks.webhooks set off_at = now() where book = {book}"
            await run_as_owner(owner_url, off)
            await tell_all(market)
            assert len(listener.heard) == 2
            answer = await market.ask(replay(book, asked.webhook_id, 1))
            assert isinstance(answer, webhooks.WebhookReplayed)
            await tell_all(market)
            assert [each.headers["webhook-id"] for each in listener.heard[2:]] == first

    asyncio.run(scene())


def test_a_number_that_no_event_has_is_refused(database_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            asked = add(book, "https://example.com/")
            await market.ask(asked)
            for odd in (-(2**63), -1, 0, 2**63 - 1):
                answer = await market.ask(replay(book, asked.webhook_id, odd))
                assert isinstance(answer, Refused)
                assert answer.reason == "replay_out_of_bounds"
            assert await market.ask(replay(book, 5, 1)) == Refused("webhook_unknown")

    asyncio.run(scene())
