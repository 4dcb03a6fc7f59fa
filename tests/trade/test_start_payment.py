"""Starting a payment: one open attempt an order, for exactly what it costs, by its buyer alone."""

import asyncio
from uuid import uuid4

import msgspec
import pytest

from jishi import money, trade
from jishi.kernel import Refused, new_id
from tests.conftest import opened, run_as_owner
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import cancel, place
from tests.trade.paying import APPID, MCHID, came, start, started, take
from tests.web.reader import count

ATTEMPTS = "select count(*) from money.attempts where book = $1"


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found))
    return found


def test_an_attempt_is_for_exactly_what_the_order_costs(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            asked = place(book, (sku_of(book, 1), 3, price_of(1)))
            placed = await market.ask(asked)
            assert isinstance(placed, trade.OrderPlaced)
            wish = start(book, asked.order_id)
            answer = await market.ask(wish)
            assert isinstance(answer, trade.PaymentStarted)
            assert answer == trade.PaymentStarted(
                subject_id=wish.attempt_id, order_id=asked.order_id, buyer_id=7, way="native",
                order_number=answer.order_number, amount_fen=3 * price_of(1),
                out_trade_no=money.rules.out_trade_no(book, wish.attempt_id),
                mchid=MCHID, pay_until=placed.pay_until,
            )  # fmt: skip
            assert await market.ask(wish) == answer
        written = (
            "select count(*) from money.attempts where book = $1 and attempt_id = $2"
            " and order_id = $3 and appid = $4 and mchid = $5 and amount_fen = $6"
            " and state = 'open' and way = 'native' and code_url = '' and transaction_id = ''"
        )
        values = (wish.attempt_id, asked.order_id, APPID, MCHID, 3 * price_of(1))
        assert await count(owner_url, written, book, *values) == 1
        assert await count(owner_url, ATTEMPTS, book) == 1

    asyncio.run(scene())


def test_of_ten_taps_at_once_one_starts(database_url: str, owner_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            asked = place(book, (sku_of(book, 1), 1, price_of(1)))
            await market.ask(asked)
            taps = [market.ask(start(book, asked.order_id)) for _ in range(10)]
            answers = await asyncio.gather(*taps)
            assert sum(isinstance(each, trade.PaymentStarted) for each in answers) == 1
            assert answers.count(Refused("payment_open")) == 9
        assert await count(owner_url, ATTEMPTS, book) == 1

    asyncio.run(scene())


def test_it_refuses_in_this_order_and_writes_nothing(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            fits = start(book, attempt.order_id)
            nobody = start(book, new_id())
            bad = msgspec.structs.replace(nobody, appid="", way="cash")
            assert await market.ask(bad) == Refused("way_unknown")
            bad = msgspec.structs.replace(nobody, appid="")
            assert await market.ask(bad) == Refused("payee_out_of_bounds")
            bad = msgspec.structs.replace(nobody, mchid="x\x00")
            assert await market.ask(bad) == Refused("payee_out_of_bounds")
            assert await market.ask(nobody) == Refused("order_unknown")
            somebody = start(book, attempt.order_id, buyer=8)
            assert await market.ask(somebody) == Refused("order_unknown")
            assert await market.ask(fits) == Refused("payment_open")
            other = place(book, (sku_of(book, 2), 1, price_of(2)))
            await market.ask(other)
            for attempt_id in (0, -1, attempt.subject_id):
                wish = start(book, other.order_id)
                wish = msgspec.structs.replace(wish, attempt_id=attempt_id)
                assert await market.ask(wish) == Refused("attempt_id_taken")
            late = f"update trade.orders set pay_until = now() where order_id = {other.order_id}"
            await run_as_owner(owner_url, late)
            assert await market.ask(start(book, other.order_id)) == Refused("pay_time_over")
            await market.ask(cancel(book, other.order_id))
            closing = await market.ask(start(book, other.order_id))
            assert closing == Refused("order_not_open", {"state": "closing"})
            await market.ask(take(book, came(attempt)))
            paid = msgspec.structs.replace(fits, key=uuid4())
            assert await market.ask(paid) == Refused("order_not_open", {"state": "paid"})
        assert await count(owner_url, ATTEMPTS, book) == 1

    asyncio.run(scene())


def test_what_costs_nothing_is_not_paid(database_url: str, owner_url: str, book: int) -> None:
    async def scene() -> None:
        free = f"update goods.skus set price_fen = 0 where book = {book}"
        await run_as_owner(owner_url, free)
        async with opened(database_url) as market:
            asked = place(book, (sku_of(book, 1), 1, 0))
            assert isinstance(await market.ask(asked), trade.OrderPlaced)
            assert await market.ask(start(book, asked.order_id)) == Refused("nothing_to_pay")
        assert await count(owner_url, ATTEMPTS, book) == 0

    asyncio.run(scene())
