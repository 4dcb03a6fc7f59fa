"""Expiry: by the database's clock, with a brake; the stock comes back."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from jishi import trade
from jishi.kernel import Refused, new_id
from jishi.kernel.schedule import braked
from jishi.trade import rules, sweep
from tests.conftest import opened, run_as_owner
from tests.shops import seed_shops
from tests.trade.orders import expire
from tests.trade.test_cancel_order import free, placed


@pytest.fixture
def book() -> int:
    """Give a book that no other test has."""
    return new_id() >> 20


def test_an_order_expires_when_its_time_is_over_and_not_before(
    database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        await seed_shops(owner_url, book)
        async with opened(database_url) as market:
            asked = await placed(market, book)
            assert await market.ask(expire(book, asked.order_id)) == Refused("not_yet_due")
            assert await market.ask(expire(book, new_id())) == Refused("order_unknown")
            late = f"update trade.orders set pay_until = now() where book = {book}"
            await run_as_owner(owner_url, late)
            answer = await market.ask(expire(book, asked.order_id), wait=5)
            assert answer == trade.OrderExpired(subject_id=asked.order_id)
            assert await free(market, book) == 10
            again = await market.ask(expire(book, asked.order_id))
            assert again == Refused("order_not_open", {"state": "closed"})

    asyncio.run(scene())


def test_the_clock_comes_by_and_closes_what_is_due(fresh_database: tuple[str, str]) -> None:
    url, owner_url = fresh_database

    async def scene() -> None:
        await seed_shops(owner_url, 1_000)
        async with opened(url, is_working=True) as market:
            for _ in range(3):
                await placed(market, 1_000)
            late = "update trade.orders set pay_until = now() - interval '1 s'"
            await run_as_owner(owner_url, late, "update kernel.schedules set due_at = now()")
            async with asyncio.timeout(20):
                while await free(market, 1_000) != 10:
                    await asyncio.sleep(0.05)

    asyncio.run(scene())


def test_a_run_that_would_end_most_orders_brakes_itself_until_released(
    fresh_database: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, owner_url = fresh_database
    monkeypatch.setattr(rules, "EXPIRING_ALWAYS_MAX", 2)

    async def scene() -> None:
        await seed_shops(owner_url, 1_000)
        async with opened(url, is_working=True) as market:
            for _ in range(3):
                await placed(market, 1_000, quantity=1)
            late = "update trade.orders set pay_until = now() - interval '1 s'"
            await run_as_owner(owner_url, late)
            await trade.expiry.expire_orders(market)
            assert await free(market, 1_000) == 7
            [stopped] = await market.look(braked)
            assert (stopped.name, stopped.brake) == ("trade.expire_orders", "too_many_at_once")
            due = "update kernel.schedules set due_at = now() - interval '1 s'"
            await run_as_owner(owner_url, due)
            await asyncio.sleep(1.5)
            assert await free(market, 1_000) == 7

    asyncio.run(scene())


def test_a_clock_that_jumps_brakes_expiry() -> None:
    assert rules.reason_to_brake(5.0, 5.0, 1, 100) is None
    assert rules.reason_to_brake(70.0, 5.0, 0, 100) == "clock_jumped"
    assert rules.reason_to_brake(-7_200.0, 5.0, 0, 100) is None
    assert rules.reason_to_brake(5.0, 5.0, 50, 50) is None
    assert rules.reason_to_brake(5.0, 5.0, 51, 100) == "too_many_at_once"
    assert rules.reason_to_brake(5.0, 5.0, 51, 1_000) is None


def test_the_clocks_say_nothing_the_first_time_and_then_what_moved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steady = iter((100.0, 105.0))
    monkeypatch.setattr(sweep, "steady_seconds", lambda: next(steady))
    clocks = sweep.Clocks()
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert clocks.moved(noon) == (0.0, 0.0)
    assert clocks.moved(noon + timedelta(hours=1)) == (3_600.0, 5.0)
