"""Telling: every event of its kinds once it is taken, in order, signed, and never inside."""

import asyncio
from uuid import uuid4

from standardwebhooks.webhooks import Webhook

from jishi import goods, webhooks
from jishi.kernel import Market
from tests.conftest import opened, run_as_owner
from tests.shops import price_of, sku_of
from tests.trade.orders import place
from tests.trade.paying import came, started, take
from tests.webhooks.listener import a_listener, add, tell_all

NOW = "update webhooks.webhooks set due_at = now() where book = {}"


async def hooked(market: Market, book: int, url: str, *kinds: str) -> webhooks.AddWebhook:
    """Add a webhook."""
    asked = add(book, url, *kinds)
    assert isinstance(await market.ask(asked), webhooks.WebhookAdded)
    return asked


def test_an_order_is_told_signed_by_public_names_only(database_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market, a_listener() as listener:
            asked = await hooked(market, book, listener.url, "order.placed", "order.paid")
            attempt = await started(market, book)
            await market.ask(take(book, came(attempt, amount_fen=1)))
            await market.ask(take(book, came(attempt)))
            await tell_all(market)
            assert listener.kinds == ["order.placed", "order.paid"], "a misfit pays nothing"
            secret = webhooks.secret_of(book, asked.public_id)
            for heard in listener.heard:
                told = Webhook(webhooks.rules.shown(secret)).verify(heard.body, heard.headers)
                assert set(told["data"]) == {"order", "order_number"}
                assert str(attempt.order_id) not in heard.body.decode()

    asyncio.run(scene())


def test_a_program_that_was_down_hears_everything_once_in_order(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market, a_listener() as listener:
            asked = await hooked(market, book, listener.url, "sku.priced", "sku.restocked")
            listener.answers = [500, 500]
            for fen in (500, 600):
                await market.ask(
                    goods.PriceSku(
                        key=uuid4(), book=book, actor_id=0, sku_id=sku_of(book, 1), price_fen=fen
                    )
                )
            await market.ask(
                goods.Restock(
                    key=uuid4(), book=book, actor_id=0, sku_id=sku_of(book, 1), quantity=2,
                    reason="到货",
                )
            )  # fmt: skip
            for _ in range(4):
                await tell_all(market)
                await run_as_owner(owner_url, NOW.format(book))
            taken = listener.heard[2:]
            assert {each.headers["webhook-id"] for each in listener.heard[:3]} == {
                taken[0].headers["webhook-id"]
            }
            assert [each.told["data"].get("price_fen") for each in taken] == [500, 600, None]
            assert taken[2].told["data"] == {"sku": "T1", "quantity": 2, "reason": "到货"}
            (hook,) = await market.look(webhooks.views.all_webhooks, book=book)
            assert hook.failures == 0
            log = await market.look(
                webhooks.views.deliveries, book=book, webhook_id=asked.webhook_id,
                before=hook.added_at.replace(year=2100), deliveries_max=10,
            )  # fmt: skip
            assert [each.status for each in log] == [200, 200, 200, 500, 500]

    asyncio.run(scene())


def test_whoever_never_answers_is_left_after_twelve_times(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market, a_listener() as listener:
            await hooked(market, book, listener.url)
            listener.answers = [503] * 20
            await market.ask(place(book, (sku_of(book, 1), 1, price_of(1))))
            for _ in range(15):
                await run_as_owner(owner_url, NOW.format(book))
                await tell_all(market)
            assert len(listener.heard) == webhooks.rules.FAILURES_MAX
            (hook,) = await market.look(webhooks.views.all_webhooks, book=book)
            assert hook.off_at is not None

    asyncio.run(scene())


def test_two_processes_tell_once(database_url: str, book: int) -> None:
    async def scene() -> None:
        both = opened(database_url), opened(database_url)
        async with both[0] as one, both[1] as two, a_listener() as listener:
            await hooked(one, book, listener.url)
            for _ in range(5):
                await one.ask(place(book, (sku_of(book, 1), 1, price_of(1))))
            await asyncio.gather(tell_all(one), tell_all(two))
            ids = [each.headers["webhook-id"] for each in listener.heard]
            assert len(ids) == len(set(ids)) == 5

    asyncio.run(scene())


def test_no_address_inside_is_told(database_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market, a_listener() as listener:
            port = listener.url.split(":")[2].split("/")[0]
            await hooked(market, book, f"https://localhost:{port}/told")
            await market.ask(place(book, (sku_of(book, 1), 1, price_of(1))))
            await tell_all(market)
            assert listener.heard == []
            (hook,) = await market.look(webhooks.views.all_webhooks, book=book)
            assert hook.failures == 1
            log = await market.look(
                webhooks.views.deliveries, book=book, webhook_id=hook.webhook_id,
                before=hook.added_at.replace(year=2100), deliveries_max=10,
            )  # fmt: skip
            assert [each.trouble for each in log] == ["Inside"]

    asyncio.run(scene())
