"""Refunds of WeChat's own console: found by a bill, recorded once, never beyond what is left."""

import asyncio
from datetime import UTC, datetime, timedelta

import msgspec

from jishi import money
from jishi.kernel import Refused, new_id
from jishi.money.reconcile_rules import BillLine
from tests.conftest import opened, run_as_owner
from tests.money.billing import (
    FOUND,
    OPEN,
    day_of,
    let_a_day_pass,
    line_of,
    paid,
    rows,
    yesterday,
)
from tests.money.late.scene import balances, broken, made, settled
from tests.money.refunding import ask
from tests.money.settling import rates, settle
from tests.trade.paying import started
from tests.web.reader import count

REFUNDS = "select count(*) from money.refunds where book = $1"


def of_console(payment: BillLine, number: str, fen: int) -> BillLine:
    """Give the line of a refund that was made in the console."""
    return msgspec.structs.replace(
        payment, kind="refund", out_number=f"9{number}", wechat_refund_id=f"50{number}",
        amount_fen=fen, fee_fen=0,
    )  # fmt: skip


def test_what_is_held_goes_back_and_no_more_is_left(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await paid(market, book)
            fen, order_id = attempt.amount_fen, attempt.order_id
            wish = made(book, attempt.out_trade_no, 300)
            answer = await market.ask(wish)
            assert answer == money.ExternalRefundRecorded(
                subject_id=wish.refund_id, order_id=order_id, attempt_id=attempt.subject_id,
                amount_fen=300, debt_fen=0, reversal=None,
            )  # fmt: skip
            assert await market.ask(wish) == answer
            assert await balances(owner_url, book) == {"wechat": 300 - fen, "escrow": fen - 300}
            more = await market.ask(ask(book, order_id, fen - 299))
            assert more == Refused("refund_too_large", {"left_fen": fen - 300})
            more = await market.ask(made(book, attempt.out_trade_no, fen - 299))
            assert more == Refused("refund_too_large", {"left_fen": fen - 300})
            done = await market.ask(settle(book, order_id))
            assert isinstance(done, money.OrderSettled)
            assert (done.paid_fen, done.refunded_fen) == (fen, 300)
            shown = await market.look(
                money.late.made_elsewhere, book=book, of_book=book, order_id=order_id
            )
            assert [each.amount_fen for each in shown] == [300]
        assert await count(owner_url, REFUNDS, book) == 1
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_told_ten_times_at_once_it_is_recorded_once(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market, opened(database_url) as other:
            attempt = await paid(market, book)
            told = [
                (market, other)[n % 2].ask(made(book, attempt.out_trade_no, 5, number="77"))
                for n in range(10)
            ]
            answers = await asyncio.gather(*told)
            assert answers.count(Refused("refund_recorded")) == 9
        assert await count(owner_url, REFUNDS, book) == 1
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_it_refuses_in_this_order_and_writes_nothing(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            open_still, attempt = await started(market, book), await paid(market, book)
            good = made(book, attempt.out_trade_no, 5)
            odd: list[tuple[dict[str, object], str]] = [
                ({"out_refund_no": "", "amount_fen": 0}, "numbers_out_of_bounds"),
                ({"wechat_refund_id": "\x00"}, "numbers_out_of_bounds"),
                ({"amount_fen": 0, "refund_id": 0}, "amount_out_of_bounds"),
                ({"refunded_at": datetime(1, 1, 1, tzinfo=UTC)}, "moment_out_of_bounds"),
                ({"refund_id": attempt.subject_id}, "refund_id_taken"),
                ({"refund_id": 0, "out_trade_no": ""}, "refund_id_taken"),
                ({"out_trade_no": open_still.out_trade_no}, "nothing_paid"),
                ({"out_trade_no": "of-another-system"}, "nothing_paid"),
            ]
            for other, reason in odd:
                answer = await market.ask(msgspec.structs.replace(good, **other))
                assert answer == Refused(reason)
            more = await market.ask(msgspec.structs.replace(good, amount_fen=10**12))
            assert more == Refused("refund_too_large", {"left_fen": attempt.amount_fen})
        assert await count(owner_url, REFUNDS, book) == 0

    asyncio.run(scene())


def test_of_a_settled_order_it_is_owed_by_the_shop(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            await market.ask(rates(book, 60, 500))
            attempt, done = await settled(market, book)
            answer = await market.ask(made(book, attempt.out_trade_no, attempt.amount_fen))
            assert isinstance(answer, money.ExternalRefundRecorded)
            assert answer.debt_fen == attempt.amount_fen
            assert answer.reversal == money.Reversal(
                attempt.order_id, answer.subject_id, attempt.amount_fen, done.fee_fen,
                done.commission_fen, done.net_fen,
            )  # fmt: skip
        kept = {"payable": done.net_fen, "debt": -done.net_fen}
        assert await balances(owner_url, book) == kept
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_the_bill_tells_of_it_and_its_difference_ends_by_itself(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await paid(market, book)
            await let_a_day_pass(owner_url, book)
            payment = line_of(attempt, out_trade_no=attempt.out_trade_no)
            lines = [payment, of_console(payment, "1", 7), of_console(payment, "2", 10**9)]
            await market.ask(day_of(book, yesterday(), *lines), wait=10)
            found = await rows(owner_url, FOUND, book)
            assert found == [("only_theirs", "91", None, 7), ("only_theirs", "92", None, 10**9)]
            # More than is left is somebody's to look at.
            assert await rows(owner_url, OPEN, book) == found[1:]
            again = day_of(book, yesterday() - timedelta(days=1), of_console(payment, "1", 7))
            answer = await market.ask(again, wait=10)
            assert isinstance(answer, money.DayReconciled)
            assert answer.found == []
        assert await count(owner_url, REFUNDS, book) == 1
        assert (await balances(owner_url, book))["escrow"] == attempt.amount_fen - 7
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_each_promise_sees_its_breach(database_url: str, owner_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt, _ = await settled(market, book)
            await market.ask(made(book, attempt.out_trade_no, 100))
        bend = "set session_replication_role = replica; {} set session_replication_role = origin"
        for table, change, back, seen in (
            (
                "reversals", "net_fen = net_fen + 1, amount_fen = amount_fen + 1",
                "net_fen = net_fen - 1, amount_fen = amount_fen - 1",
                {"every_refund_after_settlement_is_reversed",
                 "every_debt_is_of_refunds_after_settlement"},
            ),
            (
                "reversals", "net_fen = net_fen + 10000000, amount_fen = amount_fen + 10000000",
                "net_fen = net_fen - 10000000, amount_fen = amount_fen - 10000000",
                {"no_settlement_is_reversed_beyond_itself",
                 "every_refund_after_settlement_is_reversed",
                 "every_debt_is_of_refunds_after_settlement"},
            ),
            (
                "refunds", "debt_fen = debt_fen - 1", "debt_fen = debt_fen + 1",
                {"every_fen_of_an_order_is_accounted_for",
                 "every_refund_after_settlement_is_reversed"},
            ),
            (
                "refunds", "reason = 'operator'", "reason = 'external'",
                {"every_refund_made_elsewhere_says_where"},
            ),
        ):  # fmt: skip
            for how in (change, back):
                update = f"update money.{table} set {how} where book = {book};"
                await run_as_owner(owner_url, bend.format(update))
                found = {each.removeprefix("money.") for each in await broken(owner_url)}
                assert found == (seen if how is change else set())

    asyncio.run(scene())


def test_another_shop_s_payment_is_not_touched(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await paid(market, book)
            other = money.rules.out_trade_no(new_id() >> 20, attempt.subject_id)
            assert await market.ask(made(book, other, 5)) == Refused("nothing_paid")
        assert await count(owner_url, REFUNDS, book) == 0

    asyncio.run(scene())
