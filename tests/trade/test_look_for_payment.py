"""Looking for a payment: the buyer's own open attempt, also while the order is closing."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from jishi import money, trade
from jishi.kernel import Refused, Told, new_id
from tests.conftest import opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import BUYER, cancel, place
from tests.trade.paying import came, started, take


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found))
    return found


def look(book: int, order_id: int, buyer: int = BUYER) -> trade.LookForPayment:
    """Say that it is paid."""
    return trade.LookForPayment(key=uuid4(), book=book, actor_id=buyer, order_id=order_id)


def test_wechat_is_to_be_asked_while_an_attempt_is_open(database_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            wanted = trade.PaymentLookedFor(
                subject_id=attempt.order_id, out_trade_no=attempt.out_trade_no
            )
            assert await market.ask(look(book, attempt.order_id)) == wanted
            await market.ask(cancel(book, attempt.order_id))
            assert await market.ask(look(book, attempt.order_id)) == wanted
            await market.ask(take(book, came(attempt)))
            assert await market.ask(look(book, attempt.order_id)) == Refused("no_payment_open")

    asyncio.run(scene())


def test_only_of_ones_own_order(database_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            somebody = await market.ask(look(book, attempt.order_id, buyer=8))
            assert somebody == Refused("order_unknown")
            assert await market.ask(look(book, new_id())) == Refused("order_unknown")
            bare = place(book, (sku_of(book, 2), 1, price_of(2)))
            await market.ask(bare)
            assert await market.ask(look(book, bare.order_id)) == Refused("no_payment_open")

    asyncio.run(scene())


def test_wechat_is_asked_by_the_clock_only_while_it_is_waited_for(
    database_url: str, book: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def nothing(out_trade_no: str) -> None:
        asked.append(out_trade_no)

    monkeypatch.setattr(money.gateway, "paid", nothing)

    async def scene() -> None:
        async with opened(database_url) as market:
            monkeypatch.setattr(money.gateway, "is_waiting", money.waiting(market))
            attempt = await started(market, book)
            prepaid = money.PaymentPrepaid(
                subject_id=attempt.subject_id,
                out_trade_no=attempt.out_trade_no,
                pay_until=attempt.pay_until,
            )
            told = [Told(book, 1, datetime.now(UTC), prepaid)]
            with pytest.raises(trade.reactions.StillUnpaid):
                await trade.reactions.look(told)
            assert asked == [attempt.out_trade_no]
            await market.ask(take(book, came(attempt)))
            assert await trade.reactions.look(told) == [[]]
            assert asked == [attempt.out_trade_no], "what came in need not be asked for"

    asyncio.run(scene())
