"""Defects 5, 6, 7 and 14: refunds sent twice, lost, stuck for ever, given up after an outage."""

import asyncio
from uuid import uuid4

import pytest

from jishi import money
from jishi.kernel import Refused, new_id
from jishi.money.look_for_refund import look_for_refunds
from tests.conftest import run_as_owner
from tests.money.at_wechat import (
    HELD,
    STATE,
    TOTAL,
    a_market,
    calm,
    control,
    database_url,
    looked_until,
    own,
    owner_url,
    paid,
    wechat,
)
from tests.money.refunding import ask
from tests.shops import seed_shops
from tests.trade.test_take_payment import broken
from tests.web.reader import count

__all__ = ["calm", "database_url", "own", "owner_url", "wechat"]


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found))
    return found


def test_05_a_refund_asked_twice_at_wechat_is_one(
    database_url: str, owner_url: str, wechat: str, book: int
) -> None:
    """The answer is lost, all ask again, and the number is the same."""

    async def scene() -> None:
        async with a_market(database_url, wechat) as market:
            attempt = await paid(market, wechat, book)
            asked = await market.ask(ask(book, attempt.order_id, 1_000))
            assert isinstance(asked, money.RefundAsked)
            back = money.Back(
                asked.out_refund_no, asked.out_trade_no, 1_000, asked.paid_fen, "after_sale"
            )
            for _ in range(3):
                await money.gateway.refund(back)
            await looked_until(market, owner_url, wechat, book, "succeeded")
            [newest, *_] = control(wechat, "GET", "/sandbox/orders")["orders"]
            assert newest["refunded_fen"] == 1_000
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_06_a_refund_that_wechat_never_heard_of_is_asked_by_the_look(
    database_url: str, owner_url: str, wechat: str, book: int
) -> None:
    async def scene() -> None:
        async with a_market(database_url, wechat) as market:
            attempt = await paid(market, wechat, book)
            await market.ask(ask(book, attempt.order_id, 1_000))
            gone = f"delete from kernel.todos where book = {book}"
            await run_as_owner(owner_url, gone)
            await looked_until(market, owner_url, wechat, book, "succeeded")
        assert await count(owner_url, HELD, book, "escrow") == TOTAL - 1_000
        assert await broken(owner_url) == []

    asyncio.run(scene())


@pytest.mark.usefixtures("calm")
def test_07_an_abnormal_refund_keeps_its_money_aside_and_ends_by_the_abnormal_path(
    database_url: str, owner_url: str, wechat: str, book: int
) -> None:
    async def scene() -> None:
        async with a_market(database_url, wechat) as market:
            attempt = await paid(market, wechat, book)
            control(wechat, "POST", "/sandbox/faults", kind="refund_abnormal")
            asked = await market.ask(ask(book, attempt.order_id, 1_000), wait=10)
            assert isinstance(asked, money.RefundAsked)
            await looked_until(market, owner_url, wechat, book, "abnormal")
            more = await market.ask(ask(book, attempt.order_id, TOTAL - 999))
            assert more == Refused("refund_too_large", {"left_fen": TOTAL - 1_000})
            assert await count(owner_url, HELD, book, "refunding") == 1_000
            control(wechat, "DELETE", "/sandbox/faults")
            wish = money.SettleRefund(
                key=uuid4(), book=book, actor_id=9, refund_id=asked.subject_id
            )
            assert isinstance(await market.ask(wish, wait=10), money.RefundSettling)
            await looked_until(market, owner_url, wechat, book, "succeeded")
        assert await count(owner_url, HELD, book, "refunding") == 0
        assert await broken(owner_url) == []

    asyncio.run(scene())


@pytest.mark.usefixtures("calm")
def test_14_every_refund_of_a_day_ends_after_an_outage_of_the_gateway(
    database_url: str, owner_url: str, wechat: str, book: int
) -> None:
    """WeChat fails while all are asked and looked for; afterwards each goes back, once."""

    async def scene() -> None:
        async with a_market(database_url, wechat) as market:
            attempts = [await paid(market, wechat, book) for _ in range(3)]
            control(wechat, "POST", "/sandbox/faults", kind="system_error")
            for attempt in attempts:
                asked = await market.ask(ask(book, attempt.order_id, TOTAL))
                assert isinstance(asked, money.RefundAsked)
            due = f"update money.refunds set look_at = now() where book = {book}"
            await run_as_owner(owner_url, due)
            await look_for_refunds(market)
            await market.worker.work_due()
            assert await count(owner_url, STATE, book, "asked") == len(attempts)
            control(wechat, "DELETE", "/sandbox/faults")
            await run_as_owner(
                owner_url, f"update kernel.todos set due_at = now() where book = {book}"
            )
            await looked_until(market, owner_url, wechat, book, "succeeded", len(attempts))
            newest = control(wechat, "GET", "/sandbox/orders")["orders"][: len(attempts)]
            assert [each["refunded_fen"] for each in newest] == [TOTAL] * len(attempts)
        assert await count(owner_url, HELD, book, "escrow") == 0
        assert await broken(owner_url) == []

    asyncio.run(scene())
