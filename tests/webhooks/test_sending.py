"""Telling: every event of its kinds once it is taken, in order, signed, and never inside."""

import asyncio
from uuid import uuid4

import pytest
from standardwebhooks.webhooks import Webhook

from jishi import fulfilment, goods, trade, webhooks
from jishi.kernel import Act, Market
from tests.after_sale.scene import end, refunding
from tests.conftest import opened, run_as_owner
from tests.fulfilment.parcel_scene import bought, receive, ship
from tests.fulfilment.test_track_parcel import scan, track
from tests.shops import price_of, sku_of
from tests.trade.orders import BUYER, place
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


def test_a_changed_address_is_told_without_the_address(database_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market, a_listener() as listener:
            await hooked(market, book, listener.url, "order.address_changed")
            attempt = await started(market, book)
            await market.ask(take(book, came(attempt)))
            moved = trade.ChangeAddress(
                key=uuid4(), book=book, actor_id=BUYER, order_id=attempt.order_id, address_id=71,
                division="110105",
            )  # fmt: skip
            assert isinstance(await market.ask(moved), trade.AddressChanged)
            await tell_all(market)
            assert listener.kinds == ["order.address_changed"]
            assert set(listener.heard[0].told["data"]) == {"order", "order_number"}

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


@pytest.mark.usefixtures("book")
def test_what_becomes_of_an_order_is_told(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on, a_listener() as listener:
            kinds = ("order.shipped", "order.tracked", "order.received", "order.refunded",
                     "case.opened", "order.completed")  # fmt: skip
            await hooked(on.market, on.book, listener.url, *kinds)
            await on.market.ask(ship(on, (1, 3)))
            await on.market.ask(ship(on, (2, 2), carrier="ZTO", tracking="ZT1234567"))
            (parcel, _) = await on.market.look(
                fulfilment.parcels.views.parcels, book=on.book, of_book=on.book,
                order_id=on.order_id,
            )  # fmt: skip
            await on.market.ask(track(parcel.number, on.book, scan("delivered")))
            await on.market.ask(receive(on))
            case_id = await refunding(on.case, 1)
            for outcome in ("abnormal", "succeeded"):
                await end(on.case, case_id, outcome)
            await tell_all(on.market)
            told = [(each.told["type"], each.told["data"]) for each in listener.heard]
            order = {key: told[0][1][key] for key in ("order", "order_number")}
            assert all(data.items() >= order.items() for _, data in told)
            more = [(kind, {**data, "order": 0, "order_number": 0}) for kind, data in told]
            names = {"order": 0, "order_number": 0}
            first = {"state": "partly_shipped", "carrier": "SF", "tracking_number": "SF1234567"}
            last = {"state": "shipped", "carrier": "ZTO", "tracking_number": "ZT1234567"}
            assert more == [
                ("order.shipped", {**names, **first}),
                ("order.shipped", {**names, **last}),
                ("order.tracked", {**names, "parcel": parcel.number, "state": "delivered"}),
                ("order.received", names),
                ("case.opened", {**names, "case": more[4][1]["case"], "kind": "refund_only"}),
                ("order.refunded", {**names, "amount_fen": more[5][1]["amount_fen"]}),
            ]
            assert more[5][1]["amount_fen"] > 0

    asyncio.run(scene())


def test_every_kind_is_of_an_event_that_there_is() -> None:
    known = {event.__name__ for act in Act.known.values() for event in [act.event]}
    assert set(webhooks.rules.KINDS) <= known
