"""Defect 12: a clawback was capped at the balance; here it is a debt, carried until it is met."""

import asyncio

import pytest

from jishi import money
from jishi.kernel import new_id
from tests.conftest import opened
from tests.money.late.scene import balances, broken, made, reversed_on, settled
from tests.money.refunding import ask, end
from tests.money.settling import rates
from tests.money.test_cut_statement import cut, settled_yesterday
from tests.shops import seed_shops


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found, stock=100))
    return found


def test_settled_stated_then_refunded_it_is_carried_and_netted_to_the_fen(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            await market.ask(rates(book, 60, 500))
            attempt, first = await settled(market, book)
            await settled_yesterday(owner_url, book, [attempt.order_id])
            stated = await market.ask(cut(book))
            assert isinstance(stated, money.StatementCut)
            # All of it is at the shop's disposal; now the buyer is given all of it back.
            assert await balances(owner_url, book) == {
                "wechat": -first.paid_fen, "fees": first.fee_fen + first.commission_fen,
                "shop": first.net_fen,
            }  # fmt: skip
            await market.ask(made(book, attempt.out_trade_no, attempt.amount_fen))
            await reversed_on(owner_url, book)
            carried = await market.ask(cut(book))
            assert isinstance(carried, money.StatementCut)
            assert (carried.line_count, carried.reversal_count) == (0, 1)
            assert (carried.reversed_fen, carried.netted_fen) == (first.net_fen, 0)
            kept = {"shop": first.net_fen, "debt": -first.net_fen}
            assert await balances(owner_url, book) == kept
            # The next sales meet it, to the fen.
            nets = 0
            for _ in range(2):
                later, done = await settled(market, book)
                await settled_yesterday(owner_url, book, [later.order_id])
                nets += done.net_fen
            met = await market.ask(cut(book))
            assert isinstance(met, money.StatementCut)
            assert (met.carried_fen, met.reversed_fen) == (first.net_fen, 0)
            assert (met.net_fen, met.netted_fen) == (nets, first.net_fen)
        left = await balances(owner_url, book)
        assert "debt" not in left
        assert left["shop"] == nets
        assert await broken(owner_url) == []

    asyncio.run(scene())


def test_a_refund_asked_after_settlement_that_wechat_closes_leaves_no_debt(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt, done = await settled(market, book)
            before = await balances(owner_url, book)
            asked = await market.ask(ask(book, attempt.order_id, 500, reason="operator"))
            assert isinstance(asked, money.RefundAsked)
            assert asked.debt_fen == 500
            assert (await balances(owner_url, book))["debt"] == -500
            await market.ask(end(book, asked.subject_id, "closed"))
            assert await balances(owner_url, book) == before
            again = await market.ask(ask(book, attempt.order_id, 500, reason="operator"))
            assert isinstance(again, money.RefundAsked)
            await market.ask(end(book, again.subject_id, "succeeded"))
            owed = await balances(owner_url, book)
            assert owed["debt"] == -(500 - done.fee_fen * 500 // done.paid_fen)
        assert await broken(owner_url) == []

    asyncio.run(scene())
