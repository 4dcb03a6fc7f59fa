"""Statements: each settlement in one, once; immutable; the sums those of the ledger."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest

from jishi import money
from jishi.kernel import Refused, new_id, verify
from tests.conftest import opened, run_as_owner
from tests.money.billing import yesterday
from tests.money.settling import balances, paid_order, rates, settle
from tests.shops import seed_shops
from tests.web.reader import count

LINES = "select count(*) from money.statement_lines where book = $1"


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found, stock=100))
    return found


def cut(book: int, *, days_ago: int = 0) -> money.CutStatement:
    """Ask for a statement until yesterday, or some days before."""
    until = yesterday() - timedelta(days=days_ago)
    return money.CutStatement(key=uuid4(), book=book, actor_id=0, until=until)


async def broken(owner_url: str) -> list[str]:
    """Name the promises that are broken."""
    return [kept.promise async for kept in verify(owner_url) if kept.broken]


async def settled_yesterday(owner_url: str, book: int, order_ids: list[int], days: int = 0) -> None:
    """Make these orders have been settled yesterday, or some days before."""
    day = yesterday() - timedelta(days=days)
    listed = ",".join(map(str, order_ids))
    await run_as_owner(
        owner_url,
        "set session_replication_role = replica;"
        f" update money.settlements set settled_at = ('{day} 12:00+08')::timestamptz"
        f" where book = {book} and order_id in ({listed});"
        " set session_replication_role = origin",
    )


def test_a_statement_has_what_was_settled_until_its_day_once(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            await market.ask(rates(book, 60, 300))
            orders = [(await paid_order(market, book))[0] for _ in range(3)]
            done = [await market.ask(settle(book, each)) for each in orders]
            nets = [each.net_fen for each in done if isinstance(each, money.OrderSettled)]
            assert await market.ask(cut(book)) == Refused("nothing_to_state")
            await settled_yesterday(owner_url, book, orders[:1], days=9)
            await settled_yesterday(owner_url, book, orders[1:2])
            first = await market.ask(cut(book, days_ago=9))
            assert isinstance(first, money.StatementCut)
            assert (first.line_count, first.net_fen) == (1, nets[0])
            second = await market.ask(cut(book))
            assert isinstance(second, money.StatementCut)
            assert (second.line_count, second.net_fen) == (1, nets[1])
            assert await market.ask(cut(book)) == Refused("nothing_to_state")
            today = money.CutStatement(
                key=uuid4(), book=book, actor_id=0, until=yesterday() + timedelta(days=1)
            )
            assert await market.ask(today) == Refused("day_not_over")
        assert await count(owner_url, LINES, book) == 2
        held = await balances(owner_url, book)
        assert held["payable", 0] == nets[2]
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_two_statements_asked_at_once_share_no_line(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            orders = [(await paid_order(market, book))[0] for _ in range(4)]
            for each in orders:
                await market.ask(settle(book, each))
            await settled_yesterday(owner_url, book, orders[:2], days=5)
            await settled_yesterday(owner_url, book, orders[2:])
            answers = await asyncio.gather(
                market.ask(cut(book, days_ago=5)), market.ask(cut(book)), market.ask(cut(book))
            )
            counts = [each.line_count for each in answers if isinstance(each, money.StatementCut)]
            assert sum(counts) == 4
            assert Refused("nothing_to_state") in answers
        assert await count(owner_url, LINES, book) == 4
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_a_statement_cannot_be_changed_and_a_forged_one_is_seen(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            order_id, _ = await paid_order(market, book)
            await market.ask(settle(book, order_id))
            await settled_yesterday(owner_url, book, [order_id])
            await market.ask(cut(book))
        change = f"update money.statements set net_fen = net_fen where book = {book}"
        with pytest.raises(asyncpg.RestrictViolationError):
            await run_as_owner(owner_url, change)
        forge = (
            "set session_replication_role = replica;"
            " update money.statements set net_fen = net_fen {sign} 1, fee_fen = fee_fen {back} 1"
            f" where book = {book}; set session_replication_role = origin"
        )
        await run_as_owner(owner_url, forge.format(sign="+", back="-"))
        assert set(await broken(owner_url)) == {
            "money.every_statement_is_the_sum_of_its_lines",
            "money.every_shop_has_what_was_settled",
        }
        await run_as_owner(owner_url, forge.format(sign="-", back="+"))
        assert await broken(owner_url) == []

    asyncio.run(scene())
