"""Taking a payment: once, for what was asked; all else is noted and nothing moves."""

import asyncio
from uuid import uuid4

import pytest

from jishi import money, trade
from jishi.kernel import Refused, new_id, verify
from tests.conftest import opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import cancel, close, place
from tests.trade.paying import came, start, started, take
from tests.web.reader import count

ESCROW = "select sum(balance) from ledger.accounts where book = $1 and kind = 'escrow'"
RESERVED = "select sum(balance) from ledger.accounts where book = $1 and kind = 'reserved'"
NOTED = "select count(*) from money.exceptions where book = $1 and reason = $2"
FREE = "select balance from ledger.accounts where book = $1 and unit = $2 and kind = 'shelf'"
BACK = "select amount_fen from money.refunds where book = $1 and refund_id = $2"
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


def test_a_late_payment_is_honoured_if_the_goods_are_there(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            await market.ask(cancel(book, attempt.order_id))
            await market.ask(close(book, attempt.order_id))
            answer = await market.ask(take(book, came(attempt)))
            assert isinstance(answer, trade.PaymentTaken)
            assert (answer.trouble, answer.lines_from) == ("", "shelf")
            again = await market.ask(take(book, came(attempt)))
            assert again == Refused("payment_taken")
        assert await count(owner_url, PAID, book) == 1
        assert await count(owner_url, ESCROW, book) == 3 * price_of(1)
        assert await count(owner_url, FREE, book, sku_of(book, 1)) == 7
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_a_late_payment_goes_back_when_the_goods_are_gone(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            await market.ask(cancel(book, attempt.order_id))
            await market.ask(close(book, attempt.order_id))
            await market.ask(place(book, (sku_of(book, 1), 8, price_of(1))))
            answer = await market.ask(take(book, came(attempt)))
            assert isinstance(answer, trade.PaymentTaken)
            assert (answer.trouble, answer.lines) == ("paid_late", [])
        assert await count(owner_url, PAID, book) == 0
        assert await count(owner_url, ESCROW, book) == 0
        assert await count(owner_url, BACK, book, attempt.subject_id) == 3 * price_of(1)
        assert await count(owner_url, FREE, book, sku_of(book, 1)) == 2
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_two_late_payments_of_the_last_goods_get_them_once(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempts = [await started(market, book) for _ in range(2)]
            for attempt in attempts:
                await market.ask(cancel(book, attempt.order_id))
                await market.ask(close(book, attempt.order_id))
            await market.ask(place(book, (sku_of(book, 1), 7, price_of(1))))
            told = [
                take(book, came(each, transaction_id=f"T{n}")) for n, each in enumerate(attempts)
            ]
            answers = await asyncio.gather(*map(market.ask, told))
            troubles = [each.trouble for each in answers if isinstance(each, trade.PaymentTaken)]
            assert sorted(troubles) == ["", "paid_late"]
        assert await count(owner_url, PAID, book) == 1
        assert await count(owner_url, FREE, book, sku_of(book, 1)) == 0
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_a_second_payment_of_a_paid_order_goes_back(
    database_url: str, owner_url: str, book: int
) -> None:
    """The first attempt was closed here, yet paid; the second is closed, and paid as well."""

    async def scene() -> None:
        async with opened(database_url) as market:
            first = await started(market, book)
            shut = money.CloseAttempt(
                key=uuid4(), book=book, actor_id=0, attempt_id=first.subject_id
            )
            await market.ask(shut)
            second = await market.ask(start(book, first.order_id))
            assert isinstance(second, trade.PaymentStarted)
            late = await market.ask(take(book, came(first)))
            assert isinstance(late, trade.PaymentTaken)
            assert (late.trouble, late.other_out_trade_no) == ("", second.out_trade_no)
            twice = await market.ask(take(book, came(second, transaction_id="4200009")))
            assert isinstance(twice, trade.PaymentTaken)
            assert twice.trouble == "paid_late"
        assert await count(owner_url, PAID, book) == 1
        assert await count(owner_url, ESCROW, book) == 3 * price_of(1)
        assert await count(owner_url, BACK, book, second.subject_id) == 3 * price_of(1)
        assert await broken(owner_url) == []

    asyncio.run(scene())
