"""Opening: a seller who is known, a trial that nobody finds, a closing with notice."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from jishi import goods, trade
from jishi.goods.set_opening import Kept, World, decide
from jishi.kernel import Market, Refused, new_id, verify
from tests.conftest import opened, run_as_owner
from tests.goods.test_state_licence import licence
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import place

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def opening(book: int, state: str, in_days: int = 0) -> goods.SetOpening:
    """Ask to set how a shop trades."""
    return goods.SetOpening(key=uuid4(), book=book, actor_id=3, state=state, in_days=in_days)


def a_shop(exemption: str = "", *, has_sold: bool = False, is_listed: bool = True) -> World:
    """Give a shop on this ground."""
    return World(NOW, Kept(1, is_listed, exemption, has_sold))


@pytest.mark.parametrize(
    ("world", "asked", "reason"),
    [
        (World(NOW, None), opening(1, "open"), "shop_unknown"),
        (a_shop(), opening(1, ""), "opening_unknown"),
        (a_shop("none"), opening(1, "open"), "licence_missing"),
        (a_shop(has_sold=True), opening(1, "trial"), "shop_listed"),
        (a_shop(has_sold=True), opening(1, "closing", 29), "notice_out_of_bounds"),
        (a_shop(), opening(1, "closing", -1), "notice_out_of_bounds"),
        (a_shop(), opening(1, "closing", 366), "notice_out_of_bounds"),
        (a_shop(), opening(1, "closing", 2**62), "notice_out_of_bounds"),
    ],
)
def test_what_buyers_may_not_be_done_is_refused(
    world: World, asked: goods.SetOpening, reason: str
) -> None:
    answer = decide(world, asked)
    assert isinstance(answer, Refused)
    assert answer.reason == reason


@pytest.mark.parametrize(
    ("world", "asked"),
    [
        (a_shop(has_sold=True), opening(1, "closing", 30)),
        (a_shop("sample", has_sold=True), opening(1, "closing")),
        (a_shop("none"), opening(1, "closing")),
        (a_shop("none"), opening(1, "trial")),
        (a_shop(has_sold=True, is_listed=False), opening(1, "trial")),
        (a_shop(has_sold=True, is_listed=False), opening(1, "open")),
    ],
)
def test_what_nobody_is_hurt_by_is_done(world: World, asked: goods.SetOpening) -> None:
    answer = decide(world, asked)
    assert isinstance(answer, goods.OpeningSet)
    is_closing = asked.state == "closing"
    assert answer.closes_at == (NOW + timedelta(days=asked.in_days) if is_closing else None)


def test_a_trial_sells_and_is_found_by_nobody(database_url: str, owner_url: str) -> None:
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book))

    async def is_sold(market: Market) -> bool:
        order = await market.ask(place(book, (sku_of(book, 1), 1, price_of(1))))
        assert isinstance(order, trade.OrderPlaced | Refused)
        return isinstance(order, trade.OrderPlaced)

    async def is_listed(market: Market) -> bool:
        found = await market.look(goods.views.cards, before=2**63 - 1, cards_max=10_000)
        return f"shop-{book}" in {each.shop for each in found}

    async def scene() -> None:
        async with opened(database_url) as market:
            assert await is_listed(market)
            await market.ask(opening(book, "trial"))
            assert (await is_listed(market), await is_sold(market)) == (False, True)
            assert await market.ask(opening(book, "open")) == Refused("licence_missing")
            assert not await is_listed(market)
            await market.ask(licence(book))
            await market.ask(opening(book, "open"))
            assert (await is_listed(market), await is_sold(market)) == (True, True)
            await market.ask(opening(book, "closing", 3))
            assert (await is_listed(market), await is_sold(market)) == (True, True)
            await market.ask(opening(book, "closing", 0))
            assert (await is_listed(market), await is_sold(market)) == (False, False)

    asyncio.run(scene())


@pytest.mark.parametrize("column", ["closed_at = now()", "is_listed = false"])
def test_a_shop_that_trades_as_nobody_set_it_is_found(
    fresh_database: tuple[str, str], column: str
) -> None:
    login_url, owner_url = fresh_database

    async def scene() -> int:
        book = new_id() >> 20
        await seed_shops(owner_url, book)
        async with opened(login_url) as market:
            await market.ask(licence(book))
            await market.ask(opening(book, "open"))
        await run_as_owner(owner_url, f"update goods.shops set {column}")
        promise = "goods.every_shop_trades_as_it_was_set"
        return sum([kept.broken async for kept in verify(owner_url, [promise])])

    assert asyncio.run(scene()) == 1
