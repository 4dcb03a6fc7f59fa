"""Withdrawing: the buyer's own open attempt; nothing changes before WeChat closed it."""

import asyncio
from uuid import uuid4

import pytest

from jishi import trade
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import BUYER, cancel, place
from tests.trade.paying import came, started, take
from tests.web.reader import count

OPEN = "select count(*) from money.attempts where book = $1 and state = 'open'"


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found))
    return found


def withdraw(book: int, order_id: int, buyer: int = BUYER) -> trade.WithdrawPayment:
    """Ask to pay otherwise."""
    return trade.WithdrawPayment(key=uuid4(), book=book, actor_id=buyer, order_id=order_id)


def test_a_withdrawn_attempt_can_be_paid_until_wechat_closed_it(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            answer = await market.ask(withdraw(book, attempt.order_id))
            assert answer == trade.PaymentWithdrawn(
                subject_id=attempt.order_id, attempt_id=attempt.subject_id,
                out_trade_no=attempt.out_trade_no,
            )  # fmt: skip
            assert await count(owner_url, OPEN, book) == 1
            paid = await market.ask(take(book, came(attempt)))
            assert isinstance(paid, trade.PaymentTaken)
            assert paid.trouble == ""
            late = await market.ask(withdraw(book, attempt.order_id))
            assert late == Refused("order_not_open", {"state": "paid"})

    asyncio.run(scene())


def test_it_refuses_in_this_order(database_url: str, owner_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            somebody = await market.ask(withdraw(book, attempt.order_id, buyer=8))
            assert somebody == Refused("order_unknown")
            assert await market.ask(withdraw(book, new_id())) == Refused("order_unknown")
            bare = place(book, (sku_of(book, 2), 1, price_of(2)))
            await market.ask(bare)
            assert await market.ask(withdraw(book, bare.order_id)) == Refused("no_payment_open")
            await market.ask(cancel(book, attempt.order_id))
            closing = await market.ask(withdraw(book, attempt.order_id))
            assert closing == Refused("order_not_open", {"state": "closing"})
        assert await count(owner_url, OPEN, book) == 1

    asyncio.run(scene())
