"""Asking a refund: never beyond what a payment has left, its money set aside at once."""

import asyncio

from jishi import money
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.money.refunding import ask, end, paid
from tests.shops import price_of
from tests.trade.paying import started
from tests.trade.test_take_payment import broken
from tests.web.reader import count

TOTAL = 3 * price_of(1)
HELD = "select balance from ledger.accounts where book = $1 and kind = $2"
REFUNDS = "select count(*) from money.refunds where book = $1"


def test_what_is_asked_is_set_aside(database_url: str, owner_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await paid(market, book)
            wish = ask(book, attempt.order_id, 1_000)
            answer = await market.ask(wish)
            assert answer == money.RefundAsked(
                subject_id=wish.refund_id, order_id=attempt.order_id,
                attempt_id=attempt.subject_id, out_trade_no=attempt.out_trade_no,
                out_refund_no=money.rules.out_refund_no(book, wish.refund_id),
                amount_fen=1_000, paid_fen=TOTAL, reason="after_sale", cause_id=5,
            )  # fmt: skip
            assert await market.ask(wish) == answer
        assert await count(owner_url, HELD, book, "escrow") == TOTAL - 1_000
        assert await count(owner_url, HELD, book, "refunding") == 1_000
        written = (
            "select count(*) from money.refunds where book = $1 and refund_id = $2"
            " and order_id = $3 and attempt_id = $4 and amount_fen = 1000 and state = 'asked'"
            " and reason = 'after_sale' and cause_id = 5 and ended_at is null"
        )
        ids = (wish.refund_id, attempt.order_id, attempt.subject_id)
        assert await count(owner_url, written, book, *ids) == 1
        assert await count(owner_url, REFUNDS, book) == 1
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_of_ten_clicks_at_once_one_refunds_all(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market, opened(database_url) as other:
            attempt = await paid(market, book)
            clicks = [
                (market, other)[n % 2].ask(ask(book, attempt.order_id, TOTAL)) for n in range(10)
            ]
            answers = await asyncio.gather(*clicks)
            assert sum(isinstance(each, money.RefundAsked) for each in answers) == 1
            assert answers.count(Refused("refund_too_large", {"left_fen": 0})) == 9
        assert await count(owner_url, REFUNDS, book) == 1
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_parts_are_refunded_up_to_the_last_fen(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await paid(market, book)
            parts = [ask(book, attempt.order_id, TOTAL // 2) for _ in range(3)]
            answers = await asyncio.gather(*map(market.ask, parts))
            left = TOTAL - 2 * (TOTAL // 2)
            assert isinstance(answers[0], money.RefundAsked)
            assert isinstance(answers[1], money.RefundAsked)
            assert answers[2] == Refused("refund_too_large", {"left_fen": left})
            first = parts[0].refund_id
            await market.ask(end(book, first, "closed"))
            again = await market.ask(ask(book, attempt.order_id, TOTAL // 2 + left))
            assert isinstance(again, money.RefundAsked)
            assert again.subject_id != first
        assert await count(owner_url, HELD, book, "escrow") == 0
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_it_refuses_in_this_order_and_writes_nothing(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            open_still = await started(market, book)
            order_id = open_still.order_id
            odd = await market.ask(ask(book, new_id(), 0, reason="whim"))
            assert odd == Refused("refund_reason_unknown")
            for fen in (0, -1):
                answer = await market.ask(ask(book, new_id(), fen, refund_id=0))
                assert answer == Refused("amount_out_of_bounds")
            answer = await market.ask(ask(book, new_id(), 1, refund_id=0))
            assert answer == Refused("refund_id_taken")
            assert await market.ask(ask(book, new_id(), 1)) == Refused("nothing_paid")
            assert await market.ask(ask(book, order_id, 1)) == Refused("nothing_paid")
            attempt = await paid(market, book)
            named = ask(book, attempt.order_id, 1, refund_id=attempt.subject_id)
            assert await market.ask(named) == Refused("refund_id_taken")
            more = await market.ask(ask(book, attempt.order_id, TOTAL + 1))
            assert more == Refused("refund_too_large", {"left_fen": TOTAL})
        assert await count(owner_url, REFUNDS, book) == 0
        assert await count(owner_url, HELD, book, "escrow") == TOTAL

    asyncio.run(scene())
