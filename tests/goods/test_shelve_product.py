"""Shelving: live only what can be sold and seen; a shelf has its times."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from jishi import goods, trade
from jishi.goods.shelve_product import Known, World, decide
from jishi.kernel import Refused, new_id
from tests.conftest import opened
from tests.goods.catalogues import a_shop
from tests.goods.saving import saved
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import place
from tests.web.reader import change

PRODUCT = Known(product_id=1, has_sku=True, has_category=True, has_picture=True)


def shelve(book: int, product_id: int, state: str) -> goods.ShelveProduct:
    """Ask to shelve."""
    return goods.ShelveProduct(
        key=uuid4(), book=book, actor_id=3, product_id=product_id, state=state
    )


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (Known(product_id=1, has_sku=False, has_category=False, has_picture=False),
         "live_needs_sku"),
        (Known(product_id=1, has_sku=True, has_category=False, has_picture=False),
         "live_needs_category"),
        (Known(product_id=1, has_sku=True, has_category=True, has_picture=False),
         "live_needs_picture"),
    ],
)  # fmt: skip
def test_what_lacks_something_does_not_go_live(known: Known, reason: str) -> None:
    assert decide(World({1: known}), shelve(1, 1, "live")) == Refused(reason)
    for state in ("draft", "archived"):
        assert decide(World({1: known}), shelve(1, 1, state)) == goods.ProductShelved(
            subject_id=1, state=state
        )


def test_the_reasons_against_come_in_this_order() -> None:
    world = World({1: PRODUCT})
    assert decide(world, shelve(1, 2, "gone")) == Refused("state_unknown")
    assert decide(world, shelve(1, 2, "live")) == Refused("product_unknown")
    assert decide(world, shelve(1, 1, "live")) == goods.ProductShelved(subject_id=1, state="live")


def test_the_last_state_of_a_batch_holds(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            product_id = await saved(market, book)
            await asyncio.gather(
                *(market.ask(shelve(book, product_id, state)) for state in ("archived", "draft"))
            )
            async with market.database.transaction(book=book) as connection:
                row = await connection.fetchrow(
                    "select is_live, is_archived from goods.products where book = $1", book
                )
            assert row is not None
            assert tuple(row) == (False, False)

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("begins", "ends", "is_sold"),
    [(None, None, True), (1, None, False), (-1, 1, True), (-2, -1, False), (None, -1, False)],
)
def test_the_shelf_keeps_its_times(
    database_url: str, owner_url: str, book: int,
    begins: int | None, ends: int | None, is_sold: bool,
) -> None:  # fmt: skip
    hours = [None if each is None else timedelta(hours=each) for each in (begins, ends)]

    async def scene() -> None:
        statement = (
            "update goods.products set on_shelf_at = now() + $2::interval,"
            " on_shelf_until = now() + $3::interval where book = $1"
        )
        await change(owner_url, (statement, [book, *hours]))
        async with opened(database_url) as market:
            sku = sku_of(book, 1)
            answer = await market.ask(place(book, (sku, 1, price_of(1))))
            if is_sold:
                assert isinstance(answer, trade.OrderPlaced)
            else:
                assert answer == Refused("not_for_sale", {"sku_ids": [sku]})
            # From its own products on: other tests have thousands that are newer.
            shown = await market.look(goods.views.cards, before=sku + 1, cards_max=1)
            assert any(card.shop == f"shop-{book}" for card in shown) is is_sold

    asyncio.run(seed_shops(owner_url, book))
    asyncio.run(scene())


@pytest.fixture
def book() -> int:
    """Give a book that no other test has."""
    return new_id() >> 20
