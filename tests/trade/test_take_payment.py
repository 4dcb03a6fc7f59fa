"""Taking a payment: once, for what was asked; all else is noted and nothing moves."""

import asyncio

import pytest

from jishi import trade
from jishi.kernel import Refused, new_id, verify
from tests.conftest import opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import cancel, close
from tests.trade.paying import came, started, take
from tests.web.reader import count

ESCROW = "select sum(balance) from ledger.accounts where book = $1 and kind = 'escrow'"
RESERVED = "select sum(balance) from ledger.accounts where book = $1 and kind = 'reserved'"
NOTED = "select count(*) from money.exceptions where book = $1 and reason = $2"
PAID = "select count(*) from trade.orders where book = $1 and state = 'paid'"


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found))
    return found


async def broken(owner_url: str) -> list[str]:
    """Name the promises that are broken."""
    return [kept.promise async for kept in verify(owner_url) if kept.broken]


def test_a_payment_told_five_times_is_taken_once(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            told = [market.ask(take(book, came(attempt))) for _ in range(5)]
            answers = await asyncio.gather(*told)
            assert sum(isinstance(each, trade.PaymentTaken) for each in answers) == 1
            assert answers.count(Refused("payment_taken")) == 4
        assert await count(owner_url, ESCROW, book) == 3 * price_of(1)
        assert await count(owner_url, RESERVED, book) == 0
        assert await count(owner_url, PAID, book) == 1
        gone = "select amount from ledger.transfers where book = $1 and taker_kind = 'customer'"
        assert await count(owner_url, gone, book) == 3
        assert await broken(owner_url) == []

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("other", "trouble"),
    [
        ({"mchid": "1"}, "mchid_differs"),
        ({"appid": "wx1"}, "appid_differs"),
        ({"currency": "USD"}, "currency_differs"),
        ({"amount_fen": 1}, "amount_differs"),
        ({"out_trade_no": "another"}, "attempt_unknown"),
    ],
)
def test_what_differs_is_noted_and_pays_nothing(
    database_url: str, owner_url: str, book: int, other: dict[str, object], trouble: str
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            answer = await market.ask(take(book, came(attempt, **other)))
            assert isinstance(answer, trade.PaymentTaken)
            assert answer.trouble == trouble
        assert await count(owner_url, NOTED, book, trouble) == 1
        assert await count(owner_url, ESCROW, book) == 0
        assert await count(owner_url, PAID, book) == 0
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_a_second_transaction_on_a_paid_attempt_is_noted(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            await market.ask(take(book, came(attempt)))
            second = await market.ask(take(book, came(attempt, transaction_id="4200002")))
            assert isinstance(second, trade.PaymentTaken)
            assert second.trouble == "attempt_paid"
        assert await count(owner_url, ESCROW, book) == 3 * price_of(1)
        assert await count(owner_url, NOTED, book, "attempt_paid") == 1

    asyncio.run(scene())


def test_a_payment_wins_over_a_cancellation_until_the_order_is_closed(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            cancelled = await market.ask(cancel(book, attempt.order_id))
            assert isinstance(cancelled, trade.OrderCancelled)
            assert cancelled.out_trade_no == attempt.out_trade_no
            await market.ask(take(book, came(attempt)))
            late = await market.ask(close(book, attempt.order_id))
            assert late == Refused("order_not_closing", {"state": "paid"})
        assert await count(owner_url, PAID, book) == 1
        assert await count(owner_url, ESCROW, book) == 3 * price_of(1)
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_a_payment_after_the_order_was_closed_is_noted_and_the_stock_is_back(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            await market.ask(cancel(book, attempt.order_id))
            await market.ask(close(book, attempt.order_id))
            answer = await market.ask(take(book, came(attempt)))
            assert isinstance(answer, trade.PaymentTaken)
            assert answer.trouble == "attempt_closed"
        assert await count(owner_url, PAID, book) == 0
        assert await count(owner_url, NOTED, book, "attempt_closed") == 1
        free = "select balance from ledger.accounts where book=$1 and unit=$2 and kind='shelf'"
        assert await count(owner_url, free, book, sku_of(book, 1)) == 10
        assert await broken(owner_url) == []

    asyncio.run(scene())
