"""Defect 11: stock was written without a condition; here a table refuses what nobody decided."""

import asyncio

import asyncpg
import pytest

from jishi import trade
from jishi.kernel import new_id
from jishi.trade import rules
from tests.conftest import Cluster, clone, on, opened, run_as_owner
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import place
from tests.web.reader import count

BUYERS, UNITS = 20, 3
LEFT = "select balance from ledger.accounts where book = $1 and kind = 'shelf'"
OPEN = "alter table ledger.accounts drop constraint what_is_not_there_cannot_be_given"


def blind(*_: object) -> list[int]:
    """Miss nothing, whatever is missing: the first guard is gone."""
    return []


@pytest.mark.parametrize("is_guarded", [True, False])
def test_without_the_first_guard_the_table_stops_it_and_without_both_it_is_oversold(
    monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    monkeypatch.setattr(rules, "missing", blind)

    async def scene(login: str, owner: str) -> None:
        book = new_id() >> 20
        await seed_shops(owner, book, skus=1, stock=UNITS)
        if not is_guarded:
            await run_as_owner(owner, OPEN)
        async with opened(login) as market:
            asked = [
                market.ask(place(book, (sku_of(book, 1), 1, price_of(1)), buyer=1_000 + n))
                for n in range(BUYERS)
            ]
            answers = await asyncio.gather(*asked, return_exceptions=True)
        sold = sum(isinstance(each, trade.OrderPlaced) for each in answers)
        stopped = sum(isinstance(each, asyncpg.CheckViolationError) for each in answers)
        assert (sold, stopped) == ((UNITS, BUYERS - UNITS) if is_guarded else (BUYERS, 0))
        assert await count(owner, LEFT, book) == UNITS - sold

    async def alone() -> None:
        async with clone() as name:
            await scene(on(Cluster.login_url, name), on(Cluster.owner_url, name))

    asyncio.run(alone())
