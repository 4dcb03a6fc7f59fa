"""The front page and categories: empty, full, and a page at a time."""

import asyncio
import re

from litestar.testing import TestClient

from jishi.kernel import Market
from tests.shops import sku_of
from tests.web.pages import app_of
from tests.web.reader import Reader, change, words

CATEGORY = """insert into goods.categories (book, category_id, public_id, title, title_en)
              values ($1, 7, 'tea', '茶', 'Tea')"""
FILED = "update goods.products set category_id = 7 where book = $1 and product_id <> $2"
MANY = """insert into goods.products (book, product_id, public_id, handle, title, body_html,
                                      category_id, is_live, listed_at)
          select $1, $2::bigint * 10 + n, 'more-' || n, 'more-' || n, '茶' || n, '', 7, true, now()
            from generate_series(1, 24) as n"""
SKUS = """insert into goods.skus (book, sku_id, product_id, price_fen, position)
          select $1, $2::bigint * 10 + n, $2::bigint * 10 + n, 100, 1
            from generate_series(1, 24) as n"""
CARD = re.compile(r'class="card" href="([^"]+)"')


def cards(html: str) -> list[str]:
    """Give the addresses of the cards on a page."""
    return CARD.findall(html.replace("&#x2f;", "/"))


def with_category(owner_url: str, book: int, *more: str) -> None:
    """File all products but the third under a category; the statements may add others."""
    third = sku_of(book, 3)
    changes = [
        (CATEGORY, [book]),
        (FILED, [book, third]),
        *((each, [book, third]) for each in more),
    ]
    asyncio.run(change(owner_url, *changes))


def test_an_empty_market_says_so_kindly(fresh_database: tuple[str, str]) -> None:
    login, _ = fresh_database
    with TestClient(app_of(Market(login, is_working=False))) as client:
        page = Reader(client).get("/")
    assert page.status_code == 200
    assert "集市还没开张" in words(page.text)


def test_a_category_shows_its_own_goods(reader: Reader, book: int, owner_url: str) -> None:
    with_category(owner_url, book)
    page = reader.get(f"/shops/shop-{book}/categories/tea")
    assert page.status_code == 200
    assert cards(page.text) == [
        f"/shops/shop-{book}/products/product-{book}-2",
        f"/shops/shop-{book}/products/product-{book}-1",
    ]
    assert f"/shops/shop-{book}/categories/tea" in reader.get("/").text.replace("&#x2f;", "/")


def test_more_goods_follow_a_page_at_a_time(reader: Reader, book: int, owner_url: str) -> None:
    with_category(owner_url, book, MANY, SKUS)
    path, seen = f"/shops/shop-{book}/categories/tea", []
    while path:
        text = reader.get(path).text.replace("&#x2f;", "/")
        seen.append(cards(text))
        following = re.search(r'href="([^"]*\?before=\d+)"', text)
        path = following[1] if following else ""
    assert [len(page) for page in seen] == [12, 12, 2]
    assert len({card for page in seen for card in page}) == 26


def test_an_odd_beginning_is_the_beginning(reader: Reader, book: int) -> None:
    beginning = cards(reader.get("/").text)
    assert beginning
    for odd in ("x", "-1", "9" * 40, "1e3", "%E4%B8%AD"):
        page = reader.get(f"/?before={odd}")
        assert (page.status_code, cards(page.text)) == (200, beginning)
    assert book


def test_what_is_no_category_is_not_there(reader: Reader, book: int) -> None:
    assert reader.get(f"/shops/shop-{book}/categories/none").status_code == 404
