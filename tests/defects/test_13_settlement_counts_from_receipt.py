"""Defect 13: money was freed from payment on, a part returned undid the whole, two took twice."""

import asyncio

import pytest

from jishi import money
from jishi.kernel import Refused, new_id
from tests.after_sale.scene import PRICE_FEN, UNITS, paid
from tests.after_sale.test_complete_order import SETTLED, reason, received
from tests.conftest import opened
from tests.money.late.scene import balances, broken, made, settled
from tests.money.settling import rates
from tests.shops import seed_shops


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found, stock=100))
    return found


def test_a_part_that_goes_back_is_taken_back_in_proportion(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            await market.ask(rates(book, 60, 500))
            attempt, done = await settled(market, book)
            third = attempt.amount_fen // 3
            answer = await market.ask(made(book, attempt.out_trade_no, third))
            assert isinstance(answer, money.ExternalRefundRecorded)
            assert answer.reversal is not None
            assert answer.reversal.fee_fen == done.fee_fen * third // done.paid_fen
            assert answer.reversal.commission_fen == done.commission_fen * (
                third - answer.reversal.fee_fen
            ) // (done.paid_fen - done.fee_fen)
            held = await balances(owner_url, book)
            assert held["payable"] + held["debt"] == done.net_fen - answer.reversal.net_fen
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_of_ten_that_give_all_of_it_back_at_once_one_wins(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market, opened(database_url) as other:
            attempt, done = await settled(market, book)
            answers = await asyncio.gather(
                *(
                    (market, other)[n % 2].ask(made(book, attempt.out_trade_no, done.paid_fen))
                    for n in range(10)
                )
            )
            assert answers.count(Refused("refund_too_large", {"left_fen": 0})) == 9
        assert (await balances(owner_url, book))["debt"] == -done.net_fen
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_what_was_paid_long_ago_is_settled_only_when_it_was_received_long_enough(
    database_url: str, owner_url: str
) -> None:
    async def scene() -> None:
        async with paid(database_url, owner_url, "received") as on:
            await on.owner.execute("alter table money.attempts disable trigger user")
            await on.owner.execute(
                "update money.attempts set started_at = now() - interval '40 days'"
                " where book = $1", on.book,
            )  # fmt: skip
            await received(on, "6 days 23 hours")
            assert await reason(on) == "not_yet_due"
            assert await on.owner.fetchval(SETTLED, on.order_id) is None
            await received(on, "7 days")
            assert await reason(on) == ""
            while await on.market.worker.work_due():
                pass
            assert await on.owner.fetchval(SETTLED, on.order_id) == UNITS * PRICE_FEN

    asyncio.run(scene())
