"""A product's page in each of its states, and the choice that the server resolves."""

import asyncio
import json
import re
from html import unescape

from tests.shops import sku_of
from tests.web.reader import Reader, change, checkout_path, fields, product_path, words

OPTIONS = """update goods.products
                set option_names = array['颜色', '尺码'], option_names_en = array['Colour', 'Size']
              where book = $1 and product_id = $2"""
SKUS = """insert into goods.skus (book, sku_id, product_id, code, options, options_en, price_fen,
                                  compare_fen, position)
          select $1, $2::bigint * 10 + n, $2, 'c' || n, array[colour, size],
                 array[colour_en, size_en], 100 * n, nullif(n, 1) * 150, n
            from (values (1, '红', '大', 'Red', 'L'), (2, '红', '小', 'Red', 'S'),
                         (3, '蓝', '大', 'Blue', 'L'))
                 as each (n, colour, size, colour_en, size_en)"""
UNITS = "insert into ledger.units (book, unit, name) select $1, $2::bigint * 10 + n, 'goods' \
           from generate_series(1, 3) as n"
SHELVES = """insert into ledger.accounts (book, unit, kind, holder, balance)
             select $1, $2::bigint * 10 + n, kind, 1,
                    case when kind = 'shelf' and n > 1 then 3 else 0 end
               from generate_series(1, 3) as n, (values ('shelf'), ('reserved')) as each (kind)"""


def with_two_axes(owner_url: str, book: int) -> None:
    """Give product 1 two options: red L (none left), red S and blue L (3 each), no blue S."""
    product = sku_of(book, 1)
    off = "update goods.skus set is_listed = false where book = $1 and product_id = $2"
    statements = (off, OPTIONS, SKUS, UNITS, SHELVES)
    asyncio.run(change(owner_url, *((each, [book, product]) for each in statements)))


def test_a_product_shows_its_price_stock_and_words(reader: Reader, book: int) -> None:
    page = reader.get(product_path(book))
    assert page.status_code == 200
    said = words(page.text)
    assert "¥ 10 .01" in said
    assert all(
        word in said for word in ("龙井茶1", "有货", "规格", "100克", "清香回甘", "立即购买")
    )


def test_an_english_reader_reads_english(reader: Reader, book: int) -> None:
    reader.language = "en"
    said = words(reader.get(product_path(book)).text)
    assert all(word in said for word in ("Longjing tea 1", "CNY", "In stock", "100 g", "Buy now"))
    assert not re.search(r"[\u4e00-\u9fff]", said.replace("简体中文", "").replace("茶农", ""))


def test_a_product_without_english_is_shown_in_chinese(
    reader: Reader, book: int, owner_url: str
) -> None:
    statement = "update goods.products set title_en = '', body_html_en = '' where book = $1"
    asyncio.run(change(owner_url, (statement, [book])))
    reader.language = "en"
    assert "龙井茶1" in words(reader.get(product_path(book)).text)


def test_a_title_that_wants_to_act_is_only_read(reader: Reader, book: int, owner_url: str) -> None:
    evil = '"><script>alert(1)</script>{{ 7919 * 7907 }}'
    statement = "update goods.products set title = $2, title_en = $2, vendor = $2 where book = $1"
    asyncio.run(change(owner_url, (statement, [book, evil])))
    for path in (product_path(book), checkout_path(book), "/"):
        text = reader.get(path).text
        assert "<script>alert" not in text
        assert "62615533" not in words(text)
    assert evil in words(reader.get(product_path(book)).text)
    assert "<script>alert" not in reader.get(reader.order(book)).text


def test_what_is_sold_out_can_be_read_but_not_bought(
    reader: Reader, book: int, owner_url: str
) -> None:
    statement = "update ledger.accounts set balance = 0 where book = $1 and kind = 'shelf'"
    asyncio.run(change(owner_url, (statement, [book])))
    page = reader.get(product_path(book))
    assert page.status_code == 200
    assert "已售罄" in words(page.text)
    assert 'id="buy"' not in page.text
    assert reader.get(checkout_path(book)).status_code == 409


def test_what_is_off_the_shelf_can_still_be_read(reader: Reader, book: int, owner_url: str) -> None:
    statement = "update goods.products set is_live = false where book = $1"
    asyncio.run(change(owner_url, (statement, [book])))
    page = reader.get(product_path(book))
    assert page.status_code == 200
    assert "已下架" in words(page.text)
    assert "清香回甘" in words(page.text)
    assert "立即购买" not in words(page.text)


def test_what_was_never_there_is_not_there(reader: Reader, book: int) -> None:
    assert reader.get(f"/shops/shop-{book}/products/nothing").status_code == 404
    assert reader.get(f"/shops/nowhere/products/product-{book}-1").status_code == 404
    assert reader.get(f"/shops/shop-{book}/checkout?product=nothing").status_code == 404


def test_the_first_choice_is_one_that_is_there(reader: Reader, book: int, owner_url: str) -> None:
    with_two_axes(owner_url, book)
    page = reader.get(product_path(book)).text
    assert fields(page) | {"o0": "红", "o1": "小"} == fields(page)
    assert "仅剩 3 件" in words(page)
    assert "¥3.00" in words(page)


def test_the_script_is_told_every_choice(reader: Reader, book: int, owner_url: str) -> None:
    with_two_axes(owner_url, book)
    page = reader.get(product_path(book)).text
    told = json.loads(unescape(page.partition('data-skus="')[2].partition('"')[0]))
    assert told == [
        [["红", "大"], "1", ".00", "", "售罄", 0, ""],
        [["红", "小"], "2", ".00", "¥3.00", "仅剩 3 件", 3, "warm"],
        [["蓝", "大"], "3", ".00", "¥4.50", "仅剩 3 件", 3, "warm"],
    ]


def test_the_server_resolves_the_choice(reader: Reader, book: int, owner_url: str) -> None:
    with_two_axes(owner_url, book)
    path = f"/shops/shop-{book}/checkout?product=product-{book}-1&quantity=2"
    page = reader.get(f"{path}&o0=蓝&o1=大")
    assert page.status_code == 200
    named = {"sku0": f"{sku_of(book, 1)}3", "seen0": "300"}
    assert fields(page.text) | named == fields(page.text)
    assert "蓝 / 大" in words(page.text)


def test_a_choice_that_is_not_there_keeps_what_was_chosen(
    reader: Reader, book: int, owner_url: str
) -> None:
    with_two_axes(owner_url, book)
    path = f"/shops/shop-{book}/checkout?product=product-{book}-1&quantity=2"
    for choice in ({"o0": "蓝", "o1": "小"}, {"o0": "红", "o1": "大"}):
        page = reader.get(f"{path}&o0={choice['o0']}&o1={choice['o1']}")
        assert page.status_code == 409
        assert "换一个规格" in words(page.text)
        assert fields(page.text) | choice | {"quantity": "2"} == fields(page.text)


def test_a_product_without_a_picture_has_a_drawn_one(reader: Reader, book: int) -> None:
    page = reader.get(product_path(book)).text
    assert '<svg class="drawn"' in page
    assert "<img" not in page
    assert page.partition("<main")[2].count("http") == 0


def test_the_terms_are_said_before_buying(reader: Reader, book: int, owner_url: str) -> None:
    said = words(reader.get(product_path(book)).text)
    assert "七天无理由退货" in said
    assert "限购" not in said
    statement = (
        "update goods.products set person_max = 2, return_class = 'confirmed_exception',"
        " return_ground = 'unsealed_risk', on_shelf_until = now() + interval '1 day'"
        " where book = $1"
    )
    asyncio.run(change(owner_url, (statement, [book])))
    for language, texts in (
        ("zh-CN", ("每人最多买 2 件", "不支持无理由退货", "下单时会请您确认", "下架。")),
        ("en", ("Up to 2 for each person", "No returns without a reason", "asked to confirm")),
    ):
        reader.language = language
        said = words(reader.get(product_path(book)).text)
        assert all(text in said for text in texts)


def test_what_is_not_yet_on_the_shelf_says_from_when(
    reader: Reader, book: int, owner_url: str
) -> None:
    statement = "update goods.products set on_shelf_at = now() + interval '1 day' where book = $1"
    asyncio.run(change(owner_url, (statement, [book])))
    page = reader.get(product_path(book))
    assert "开售" in words(page.text)
    assert 'id="buy"' not in page.text
    assert "立即购买" not in words(page.text)
