"""Reconciling a day: every planted difference is found, none is invented, later bills close."""

import asyncio
from datetime import timedelta

import pytest

from jishi import money
from jishi.kernel import Refused, new_id, verify
from tests.conftest import opened
from tests.money.billing import (
    FOUND,
    OPEN,
    day_of,
    ended,
    last_day_of_refunds,
    let_a_day_pass,
    line_of,
    paid,
    refund,
    refund_line,
    rows,
    yesterday,
)
from tests.shops import seed_shops
from tests.trade.paying import came, started, take
from tests.web.reader import count


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found, stock=100))
    return found


async def broken(owner_url: str) -> list[str]:
    """Name the promises that are broken."""
    return [kept.promise async for kept in verify(owner_url) if kept.broken]


def test_a_day_that_agrees_has_no_difference(database_url: str, owner_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            both = [await paid(market, book) for _ in range(2)]
            await started(market, book)  # nobody paid it: no bill has it
            await let_a_day_pass(owner_url, book)
            asked = day_of(book, yesterday(), *(line_of(each) for each in both))
            answer = await market.ask(asked)
            assert isinstance(answer, money.DayReconciled)
            assert (answer.line_count, answer.found, answer.closed) == (2, [], [])
            assert answer.paid_fen == sum(each.amount_fen for each in both)
            again = day_of(book, yesterday())
            assert await market.ask(again) == Refused("day_reconciled")
        assert await rows(owner_url, FOUND, book) == []
        lines = "select count(*) from money.bill_lines where book = $1"
        assert await count(owner_url, lines, book) == 2
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_every_planted_difference_is_found_and_none_invented(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            well, dear, fee, double, missing, state = [await paid(market, book) for _ in range(6)]
            unpaid = await started(market, book)
            await let_a_day_pass(owner_url, book)
            planted = [
                line_of(well),
                line_of(dear, amount_fen=dear.amount_fen + 1),
                line_of(fee, fee_fen=0),
                line_of(double), line_of(double),
                line_of(state, state="REVOKED"),
                line_of(unpaid),
                line_of(well, out_number="of-another-system"),
                line_of(well, kind="refund", out_number="R1", amount_fen=7, fee_fen=0),
            ]  # fmt: skip
            answer = await market.ask(day_of(book, yesterday(), *planted))
            assert isinstance(answer, money.DayReconciled)
        fen, own = well.amount_fen, line_of(fee).fee_fen
        assert await rows(owner_url, FOUND, book) == [
            ("amount", dear.out_trade_no, fen, fen + 1),
            ("fee", fee.out_trade_no, own, 0),
            ("twice", double.out_trade_no, fen, fen),
            ("state", state.out_trade_no, fen, fen),
            ("state", unpaid.out_trade_no, fen, fen),
            ("only_theirs", "of-another-system", None, fen),
            ("only_theirs", "R1", None, 7),
            ("only_ours", missing.out_trade_no, fen, None),
        ]
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_a_payment_at_midnight_is_closed_by_the_next_bill(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            late = await paid(market, book)
            await let_a_day_pass(owner_url, book, "23:59:58")
            before = yesterday() - timedelta(days=1)
            await market.ask(day_of(book, before))
            first = await market.ask(day_of(book, yesterday()))
            assert isinstance(first, money.DayReconciled)
            assert [each.kind for each in first.found] == ["cross_day"]
            assert await rows(owner_url, OPEN, book) != []
            # The bill in which it stands comes later; an older one serves as well here.
            other = await market.ask(day_of(book, before - timedelta(days=1), line_of(late)))
            assert isinstance(other, money.DayReconciled)
            assert (other.found, [each.how for each in other.closed]) == ([], ["later_bill"])
        assert await rows(owner_url, OPEN, book) == []
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_a_later_bill_with_another_amount_closes_nothing(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            late = await paid(market, book)
            await let_a_day_pass(owner_url, book, "23:59:58")
            await market.ask(day_of(book, yesterday()))
            wrong = line_of(late, amount_fen=late.amount_fen - 1)
            await market.ask(day_of(book, yesterday() - timedelta(days=1), wrong))
        kinds = [row[0] for row in await rows(owner_url, OPEN, book)]
        assert kinds == ["cross_day", "amount"]

    asyncio.run(scene())


def test_a_payment_that_was_taken_late_closes_what_wechat_alone_had(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            await market.ask(day_of(book, yesterday(), line_of(attempt)))
            assert [row[0] for row in await rows(owner_url, OPEN, book)] == ["state"]
            await market.ask(take(book, came(attempt)))
            answer = await market.ask(day_of(book, yesterday() - timedelta(days=1)))
            assert isinstance(answer, money.DayReconciled)
            assert [each.how for each in answer.closed] == ["taken_since"]
        assert await rows(owner_url, OPEN, book) == []

    asyncio.run(scene())


def test_refunds_are_compared_as_payments_are(database_url: str, owner_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await paid(market, book)
            well, missing, dear, asked = [await refund(market, book, attempt) for _ in range(4)]
            for each in (well, missing, dear):
                await market.ask(ended(book, each.subject_id))
            day = await last_day_of_refunds(owner_url, book)
            answer = await market.ask(
                day_of(
                    book, day, line_of(attempt), refund_line(attempt, well),
                    refund_line(attempt, dear, amount_fen=9), refund_line(attempt, asked),
                )
            )  # fmt: skip
            assert isinstance(answer, money.DayReconciled)
            found = [(each.kind, each.ours_fen, each.theirs_fen) for each in answer.found]
            assert found == [("amount", 5, 9), ("state", 5, 5), ("only_ours", 5, None)]
            assert answer.found[-1].out_number == missing.out_refund_no
            await market.ask(ended(book, asked.subject_id))
            later = await market.ask(day_of(book, day - timedelta(days=1)))
            assert isinstance(later, money.DayReconciled)
            assert [each.how for each in later.closed] == ["taken_since"]

    asyncio.run(scene())


def test_what_is_no_bill_or_no_past_day_is_refused(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await started(market, book)
            today = yesterday() + timedelta(days=1)
            assert await market.ask(day_of(book, today)) == Refused("day_not_over")
            bounds = Refused("bill_out_of_bounds", {"lines_max": 100_000})
            for wrong in (
                line_of(attempt, kind="gift"),
                line_of(attempt, amount_fen=-1),
                line_of(attempt, out_number=""),
                line_of(attempt, state="\x00"),
            ):
                assert await market.ask(day_of(book, yesterday(), wrong)) == bounds
            assert await market.ask(day_of(book, yesterday().replace(year=2012))) == bounds
        days = "select count(*) from money.bill_days where book = $1"
        assert await count(owner_url, days, book) == 0

    asyncio.run(scene())
