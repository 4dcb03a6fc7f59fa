"""Whatever can be bought can be found by its words as they are now."""

import asyncio
from uuid import uuid4

from jishi.discovery import GoodsIndexed, IndexGoods, views, wanted
from jishi.goods import views as goods_views
from jishi.kernel import Market
from tests.goods.catalogues import a_list, a_shop, import_list, tea

BEST = 2**31 - 1
FIRST = 2**63 - 1


async def index(market: Market, book: int) -> GoodsIndexed:
    answer = await market.ask(IndexGoods(key=uuid4(), book=book, actor_id=0))
    assert isinstance(answer, GoodsIndexed)
    return answer


async def find(market: Market, question: str, shop_book: int) -> list[str]:
    """Give the titles that a question finds in this shop."""
    asked = wanted(question)
    assert asked is not None
    found = await market.look(
        views.found, wanted=asked.all_of, weighed_max=1000, score=BEST, before=FIRST, cards_max=50
    )
    known = await market.look(goods_views.shops, shops_max=10_000)
    mine = {each.shop for each in known if each.book == shop_book}
    return [each.title for each in found if each.shop in mine]


def test_goods_are_found_by_chinese_english_and_pinyin(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            await import_list(market, book, a_list(tea("a")))
            assert await find(market, "龙井", book) == []
            first = await index(market, book)
            assert (first.indexed, first.removed, first.is_more) == (1, 0, False)
            for question in ("龙井", "longjing", "longj", "lj", "龙"):
                assert await find(market, question, book) == ["龙井"], question
            assert await find(market, "龙虾", book) == []
            again = await index(market, book)
            assert (again.indexed, again.removed) == (0, 0)

    asyncio.run(scene())


def test_what_is_taken_off_is_found_no_more(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            await import_list(market, book, a_list(tea("a"), tea("b", code="T2")))
            await index(market, book)
            gone = tea("b", code="T2").replace(",true,", ",false,")
            await import_list(market, book, a_list(tea("a"), gone))
            done = await index(market, book)
            assert (done.indexed, done.removed) == (0, 1)
            assert await find(market, "龙井", book) == ["龙井"]

    asyncio.run(scene())


def test_an_import_is_indexed_by_itself(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            await import_list(market, book, a_list(tea("a")))
            while await market.worker.work_due():
                pass
            assert await find(market, "龙井", book) == ["龙井"]

    asyncio.run(scene())


def test_more_than_one_act_takes_is_done_in_several(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            many = [tea(f"p{n}", code=f"T{n}") for n in range(501)]
            await import_list(market, book, a_list(*many))
            first = await index(market, book)
            assert (first.indexed, first.is_more) == (500, True)
            second = await index(market, book)
            assert (second.indexed, second.is_more) == (1, False)

    asyncio.run(scene())


def test_two_in_one_batch_do_the_work_once(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            await import_list(market, book, a_list(tea("a")))
            both = await asyncio.gather(index(market, book), index(market, book))
            assert sorted(each.indexed for each in both) == [0, 1]

    asyncio.run(scene())
