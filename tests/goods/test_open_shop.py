"""Opening a shop: its book, its address, its store; each once."""

import asyncio

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jishi import goods
from jishi.kernel import Refused, new_id, new_public_id
from tests.conftest import opened
from tests.goods.catalogues import a_shop, open_request


def test_a_shop_has_a_book_an_address_and_a_store(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            shops = await market.look(goods.views.shops, shops_max=10_000)
            [mine] = [shop for shop in shops if shop.book == book]
            assert (mine.name, mine.name_en) == ("茶铺", "Tea shop")

    asyncio.run(scene())


def test_a_book_and_an_address_are_given_once(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            first, second = open_request(new_id()), open_request(new_id())
            assert isinstance(await market.ask(first), goods.ShopOpened)
            again = open_request(first.shop_book)
            assert await market.ask(again) == Refused("shop_exists")
            same = open_request(second.shop_book, public_id=first.public_id)
            assert await market.ask(same) == Refused("shop_exists")
            assert isinstance(await market.ask(second), goods.ShopOpened)

    asyncio.run(scene())


def test_a_shop_needs_a_name_and_the_market_s_own_book(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            refused = Refused("name_out_of_bounds", {"characters_max": 60})
            for name in ("", "x" * 61, "a\x00"):
                assert await market.ask(open_request(new_id(), name=name)) == refused
            for address in ("", "a\x00", "a/b", "x" * 61):
                assert await market.ask(open_request(new_id(), public_id=address)) == refused
            assert await market.ask(open_request(new_id(), book=book)) == Refused("wrong_book")

    asyncio.run(scene())


name = st.sampled_from(["", "茶铺", "a\x00", "茶" * 60, "茶" * 61])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shops=st.lists(st.tuples(st.integers(0, 2), name, name, name, name), max_size=4))
def test_what_decide_accepts_the_tables_accept(
    database_url: str, shops: list[tuple[int, str, str, str, str]]
) -> None:
    async def scene() -> None:
        books = [new_id() for _ in range(3)]
        addresses = [new_public_id() for _ in books]
        async with opened(database_url) as market:
            asked = [
                open_request(
                    books[number], public_id=address or addresses[number], name=name_,
                    name_en=name_en, store_name=store,
                )
                for number, address, name_, name_en, store in shops
            ]  # fmt: skip
            answers = await asyncio.gather(*(market.ask(each) for each in asked))
            opened_ = {each.subject_id for each in answers if isinstance(each, goods.ShopOpened)}
            there = {shop.book for shop in await market.look(goods.views.shops, shops_max=10_000)}
            assert there.intersection(books) == opened_

    asyncio.run(scene())
