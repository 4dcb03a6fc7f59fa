"""Search on a page: what is found, what comes near, and what nobody sells."""

import asyncio
import json
from collections.abc import Iterator
from uuid import uuid4

import asyncpg
import pytest
from litestar.testing import TestClient

from jishi.discovery import IndexGoods
from jishi.kernel import Market
from tests.conftest import opened
from tests.shops import seed_shops
from tests.web.pages import app_of
from tests.web.reader import Reader, words
from tests.web.storefront.test_lists import cards

BOOK, PRODUCTS = 5, 30


@pytest.fixture
def searcher(fresh_database: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """Lend a reader of a market with thirty teas that are indexed."""
    monkeypatch.setenv("JISHI_SECRET", "a secret of tests, longer than it must be")
    login, owner_url = fresh_database

    async def stock() -> None:
        await seed_shops(owner_url, BOOK, skus=PRODUCTS)
        async with opened(login) as market:
            await market.ask(IndexGoods(key=uuid4(), book=BOOK, actor_id=0))

    asyncio.run(stock())
    app = app_of(Market(login, is_working=False))
    with TestClient(app, base_url="http://market.example") as client:
        yield Reader(client)


def next_of(html: str) -> str:
    """Give the address of the next page, or nothing."""
    text = html.replace("&#x2f;", "/").replace("&amp;", "&")
    _, _, rest = text.partition('class="weui-btn weui-btn_default block" href="')
    return rest.partition('"')[0]


def test_every_page_of_what_is_found_shows_something_else(searcher: Reader) -> None:
    seen: list[str] = []
    path = "/search?q=龙井茶"
    while path:
        page = searcher.get(path)
        assert page.status_code == 200
        seen += cards(page.text)
        path = next_of(page.text)
    assert len(seen) == len(set(seen)) == PRODUCTS


def test_pinyin_and_english_find_the_same(searcher: Reader) -> None:
    for question in ("longjing", "ljc", "Longjing TEA", "龙井"):
        assert len(cards(searcher.get(f"/search?q={question}").text)) == 12, question


def test_what_comes_near_is_said_to_be_near(searcher: Reader) -> None:
    page = searcher.get("/search?q=龙井 皮划艇")
    assert "没有完全符合的，看看相近的" in words(page.text)
    assert len(cards(page.text)) == 12
    assert "near=1" in next_of(page.text)
    assert len(cards(searcher.get(next_of(page.text)).text)) == 12


def test_what_nobody_sells_is_said_kindly_and_counted(
    searcher: Reader, fresh_database: tuple[str, str]
) -> None:
    page = searcher.get("/search?q=皮划艇")
    assert page.status_code == 200
    assert "没有找到" in words(page.text)
    assert cards(page.text) == []

    async def counted() -> list[tuple[str, int]]:
        owner = await asyncpg.connect(fresh_database[1])
        rows = await owner.fetch("select question, times from discovery.empty_searches")
        await owner.close()
        return [(row["question"], row["times"]) for row in rows]

    assert asyncio.run(counted()) == [("皮划艇", 1)]


@pytest.mark.parametrize(
    "question",
    [
        "",
        " ",
        "'",
        "' | '*",
        "\\",
        "%00",
        "a:*b",
        "<script>alert(1)</script>",
        "茶" * 500,
        "((((",
        "!",
    ],
)
def test_an_odd_question_is_only_a_question(searcher: Reader, question: str) -> None:
    page = searcher.client.get("/search", params={"q": question})
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_an_odd_page_number_is_the_first_page(searcher: Reader) -> None:
    first = cards(searcher.get("/search?q=龙井").text)
    for odd in ("score=x", f"score={10**30}", "before=-1", "score=99999999999"):
        assert cards(searcher.get(f"/search?q=龙井&{odd}").text) == first


def test_titles_are_suggested_in_the_readers_language(searcher: Reader) -> None:
    chinese = json.loads(searcher.get("/search/suggestions?q=longj").text)
    assert len(chinese) == 8
    assert all(title.startswith("龙井茶") for title in chinese)
    searcher.language = "en"
    english = json.loads(searcher.get("/search/suggestions?q=龙井").text)
    assert all(title.startswith("Longjing tea") for title in english)
    assert json.loads(searcher.get("/search/suggestions?q=").text) == []
