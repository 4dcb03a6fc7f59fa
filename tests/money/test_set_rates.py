"""Rates: what is decided, what is refused, and for which payments they hold."""

import asyncio

import pytest

from jishi import money
from jishi.kernel import Refused, new_id
from jishi.money.set_rates import decide
from tests.conftest import opened
from tests.money.settling import paid_order, rates, settle
from tests.shops import seed_shops
from tests.web.reader import count


@pytest.mark.parametrize(("wechat", "commission"), [(-1, 0), (7_001, 0), (60, -1), (60, 3_001)])
def test_unlikely_rates_are_refused(wechat: int, commission: int) -> None:
    answer = decide(None, rates(1, wechat, commission))
    assert answer == Refused("rates_unlikely", {"commission_bps_max": 3_000})


def test_rates_hold_for_payments_that_start_after_them(database_url: str, owner_url: str) -> None:
    book = new_id() >> 20

    async def scene() -> None:
        await seed_shops(owner_url, book)
        async with opened(database_url) as market:
            before, paid = await paid_order(market, book)
            set_ = await market.ask(rates(book, 100, 500))
            assert set_ == money.RatesSet(subject_id=book, wechat_bps=100, commission_bps=500)
            after, _ = await paid_order(market, book)
            first, second = [await market.ask(settle(book, each)) for each in (before, after)]
            assert isinstance(first, money.OrderSettled)
            assert isinstance(second, money.OrderSettled)
            parts = money.settle_rules.part_fen
            assert (first.fee_fen, first.commission_fen) == (parts(paid, 60), 0)
            assert (second.fee_fen, second.commission_fen) == (parts(paid, 100), parts(paid, 500))
            refused = await market.ask(rates(book, 60, 9_999))
            assert isinstance(refused, Refused)
        assert await count(owner_url, "select count(*) from money.rates where book = $1", book) == 1

    asyncio.run(scene())
