"""Defects 1 to 4 and 15 of comparable systems: late, wrong and simultaneous payments.

Each was read in the code of others; here each is a test by its number.
"""

import asyncio

import msgspec
import pytest

from jishi import trade
from jishi.kernel import Refused, new_id
from jishi.kernel.tx import Tx
from jishi.trade import take_payment
from tests.conftest import IS_SOAK, opened, run_as_owner
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import cancel, close, expire, place
from tests.trade.paying import came, started, take
from tests.trade.test_take_payment import broken
from tests.web.reader import count

TOTAL = 3 * price_of(1)
ROUNDS = 1_000 if IS_SOAK else 50
CAME = (
    "select coalesce(sum(amount), 0) from ledger.transfers"
    " where book = $1 and giver_kind = 'wechat'"
)
HELD = (
    "select coalesce(sum(balance), 0) from ledger.accounts"
    " where book = $1 and kind in ('escrow', 'refunding')"
)
ON_HAND = (
    "select coalesce(min(balance), 0) from ledger.accounts"
    " where book = $1 and kind in ('shelf', 'reserved')"
)


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found, stock=10_000))
    return found


def late(order_id: int) -> str:
    """Say that an order's time is over."""
    return f"update trade.orders set pay_until = now() where order_id = {order_id}"


def test_01_a_timed_out_order_is_closed_at_wechat_first(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            await run_as_owner(owner_url, late(attempt.order_id))
            expired = await market.ask(expire(book, attempt.order_id))
            assert isinstance(expired, trade.OrderExpired)
            assert expired.out_trade_no == attempt.out_trade_no
            # The stock waits for WeChat's word: it is not on the shelf yet.
            free = "select balance from ledger.accounts where unit = $1 and kind = 'shelf'"
            assert await count(owner_url, free, sku_of(book, 1)) == 10_000 - 3

    asyncio.run(scene())


def test_02_money_in_is_money_recorded_however_late(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            await market.ask(cancel(book, attempt.order_id))
            await market.ask(close(book, attempt.order_id))
            await market.ask(place(book, *[(sku_of(book, 1), 999, price_of(1))]))
            taken = await market.ask(take(book, came(attempt)))
            assert isinstance(taken, trade.PaymentTaken)
        assert await count(owner_url, CAME, book) == TOTAL
        assert await count(owner_url, HELD, book) == TOTAL
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_03_a_late_payment_takes_no_stock_that_is_not_there(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        empty = f"update ledger.accounts set balance = 3 where unit = {sku_of(book, 1)}"
        async with opened(database_url) as market:
            attempt = await started(market, book)
            await market.ask(cancel(book, attempt.order_id))
            await market.ask(close(book, attempt.order_id))
            await run_as_owner(owner_url, f"{empty} and kind = 'shelf'")
            await market.ask(place(book, (sku_of(book, 1), 1, price_of(1))))
            taken = await market.ask(take(book, came(attempt)))
            assert isinstance(taken, trade.PaymentTaken)
            assert taken.trouble == "paid_late"
        assert await count(owner_url, ON_HAND, book) >= 0
        # Put right what the owner changed beside the ledger, so that its promises hold again.
        put_back = f"update ledger.accounts set balance = 9999 where unit = {sku_of(book, 1)}"
        await run_as_owner(owner_url, f"{put_back} and kind = 'shelf'")
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_04_a_wrong_amount_is_an_alarm_and_no_payment(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            for fen in (0, 1, TOTAL - 1, TOTAL + 1, 2**62):
                told = came(attempt, amount_fen=fen, transaction_id=f"T{fen}")
                taken = await market.ask(take(book, told))
                assert isinstance(taken, trade.PaymentTaken)
                assert taken.trouble == "amount_differs"
        noted = "select count(*) from money.exceptions where book = $1"
        assert await count(owner_url, noted, book) == 5
        assert await count(owner_url, CAME, book) == 0
        assert await broken(owner_url) == []

    asyncio.run(scene())


async def race(
    database_url: str, owner_url: str, book: int, *, is_cancelled: bool
) -> list[tuple[bool, bool]]:
    """Let a payment race with an end, in two processes; tell if it ended and if it was paid."""
    told = []
    async with opened(database_url) as one, opened(database_url) as other:
        for number in range(ROUNDS):
            attempt = await started(one, book)
            if not is_cancelled:
                await run_as_owner(owner_url, late(attempt.order_id))
            end = (cancel if is_cancelled else expire)(book, attempt.order_id)
            payment = take(book, came(attempt, transaction_id=f"T{book}-{number}"))
            first, second = (one, other) if number % 2 else (other, one)
            ended, paid = await asyncio.gather(first.ask(end), second.ask(payment))
            # What a reaction would ask had WeChat not said that it is paid: refused, it is paid.
            closed = await one.ask(close(book, attempt.order_id))
            assert closed == Refused("order_not_closing", {"state": "paid"})
            is_paid = isinstance(paid, trade.PaymentTaken) and not paid.trouble
            told.append((not isinstance(ended, Refused), is_paid))
    return told


@pytest.mark.parametrize("is_cancelled", [True, False], ids=["cancel", "expire"])
def test_15_of_pay_and_end_at_once_the_payment_wins(
    database_url: str, owner_url: str, book: int, *, is_cancelled: bool
) -> None:
    told = asyncio.run(race(database_url, owner_url, book, is_cancelled=is_cancelled))
    assert all(is_paid for _, is_paid in told)
    assert asyncio.run(count(owner_url, HELD, book)) == ROUNDS * TOTAL
    assert asyncio.run(broken(owner_url)) == []


def test_15_its_control_without_wechats_word_first_the_order_would_be_closed(
    database_url: str, book: int
) -> None:
    """Closing at once, as `mall` does, closes an order that is being paid."""

    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            await market.ask(cancel(book, attempt.order_id))
            closed = await market.ask(close(book, attempt.order_id))
            assert isinstance(closed, trade.OrderClosed)
            taken = await market.ask(take(book, came(attempt)))
            assert isinstance(taken, trade.PaymentTaken)
            assert taken.lines_from == "shelf"

    asyncio.run(scene())


def test_a_notice_told_in_two_processes_at_once_is_taken_once(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as one, opened(database_url) as other:
            for number in range(ROUNDS):
                attempt = await started(one, book)
                told = came(attempt, transaction_id=f"D{book}-{number}")
                same = trade.reactions.take(told, book)
                twice = msgspec.structs.replace(same)
                asked = [one.ask(same), other.ask(twice), other.ask(take(book, told))]
                answers = await asyncio.gather(*asked)
                paid = [each for each in answers if isinstance(each, trade.PaymentTaken)]
                assert all(not each.trouble for each in paid)
                assert len(set(map(repr, paid))) == 1
        assert await count(owner_url, CAME, book) == ROUNDS * TOTAL
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_without_the_lock_a_notice_told_twice_would_be_taken_twice(
    database_url: str, book: int
) -> None:
    """The negative control: two who read before either writes both decide to take it."""

    async def scene() -> None:
        async with opened(database_url) as market:
            asked = take(book, came(await started(market, book)))
            decided = []
            for _ in range(2):
                async with market.database.transaction(book=book) as connection:
                    world = await take_payment.gather(Tx(connection, book), [asked])
                    decided.append(take_payment.decide(world, asked))
            assert [isinstance(each, trade.PaymentTaken) for each in decided] == [True, True]

    asyncio.run(scene())
