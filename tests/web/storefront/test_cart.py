"""The cart over HTTP: put in, changed without scripts, ordered over shops, all or nothing."""

import asyncio
import re

import pytest

from tests.conftest import opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.freights import flat, set_freight
from tests.web.reader import ORDERS, Reader, change, count, fields, product_path, words

PLACED = "select count(*) from trade.orders where book = $1 and state = 'awaiting_payment'"


@pytest.fixture
def other(owner_url: str, book: int) -> int:
    """Give the book of another shop with 3 products."""
    found = book + 1
    asyncio.run(seed_shops(owner_url, found, skus=3))
    return found


def orders(owner_url: str, book: int) -> int:
    """Count the open orders of a shop."""
    return asyncio.run(count(owner_url, PLACED, book))


def badge(html: str) -> str:
    """Give the number in the tab bar."""
    found = re.search(r'class="badge">(\d+)<', html)
    return found[1] if found else ""


def test_a_guest_fills_a_cart_and_sees_its_number_everywhere(reader: Reader, book: int) -> None:
    assert "购物车是空的" in words(reader.get("/cart").text)
    answer = reader.put(book, 1, quantity=2)
    assert (answer.status_code, answer.headers["location"]) == (
        303, f"{product_path(book)}?put=1",
    )  # fmt: skip
    page = reader.get(answer.headers["location"])
    assert "已放进购物车" in words(page.text)
    reader.put(book, 2)
    reader.put(book, 1)
    for path in ("/", "/orders", "/categories", product_path(book)):
        assert badge(reader.get(path).text) == "2", path
    shown = fields(reader.get("/cart").text)
    assert sorted((shown["quantity0"], shown["quantity1"])) == ["1", "3"]


def test_a_cart_is_nobody_else_s(reader: Reader, book: int) -> None:
    reader.put(book)
    reader.forget()
    assert "购物车是空的" in words(reader.get("/cart").text)


def test_what_is_not_there_is_not_put_in(reader: Reader, book: int) -> None:
    answer = reader.put(book, quantity=11)
    assert answer.status_code == 409
    assert "库存不够了" in words(answer.text)
    assert reader.put(book, quantity=0).status_code == 422
    assert "购物车是空的" in words(reader.get("/cart").text)


def test_buttons_change_the_cart_without_scripts(reader: Reader, book: int) -> None:
    reader.put(book, 1)
    assert reader.cart("more.0").headers["location"] == "/cart"
    assert fields(reader.get("/cart").text)["quantity0"] == "2"
    reader.cart("less.0")
    assert fields(reader.get("/cart").text)["quantity0"] == "1"
    reader.cart("save", quantity0="7")
    assert "结算 7 件" in words(reader.get("/cart").text)
    reader.cart("choose.0")
    page = reader.get("/cart").text
    assert "结算 0 件" in words(page)
    assert "disabled" in page
    reader.cart(f"shop.{book}")
    assert "结算 7 件" in words(reader.get("/cart").text)
    reader.cart("none")
    assert "结算 0 件" in words(reader.get("/cart").text)
    reader.cart("all")
    assert reader.cart("checkout").headers["location"] == "/checkout"
    reader.cart("drop.0")
    assert "购物车是空的" in words(reader.get("/cart").text)


@pytest.mark.parametrize("quantity", ["-1", "1000", "many", "9" * 30])
def test_a_quantity_that_cannot_be_is_refused_and_changes_nothing(
    reader: Reader, book: int, quantity: str
) -> None:
    reader.put(book, 1, quantity=2)
    answer = reader.cart("save", quantity0=quantity)
    assert (answer.status_code, "一次可以买 1 到 999 件" in words(answer.text)) == (422, True)
    assert fields(reader.get("/cart").text)["quantity0"] == "2"


def test_what_changed_is_said_and_what_is_gone_stands_apart(
    reader: Reader, book: int, owner_url: str
) -> None:
    reader.put(book, 1)
    reader.put(book, 2, quantity=9)
    reader.put(book, 3)
    asyncio.run(change(
        owner_url,
        ("update goods.skus set price_fen = 555 where sku_id = $1", [sku_of(book, 1)]),
        ("update ledger.accounts set balance = 4 where kind = 'shelf' and unit = $1",
         [sku_of(book, 2)]),
        ("update goods.products set is_live = false where product_id = $1", [sku_of(book, 3)]),
    ))  # fmt: skip
    page = words(reader.get("/cart").text)
    assert "有商品的价格变了" in page
    assert f"¥{price_of(1) / 100:.2f}" in page
    assert "仅剩 4 件" in page
    assert page.index("失效的商品") < page.index("已下架")
    assert "结算 1 件" in page
    asyncio.run(change(
        owner_url,
        ("update ledger.accounts set balance = 10 where kind = 'shelf' and unit = $1",
         [sku_of(book, 2)]),
    ))  # fmt: skip
    reader.cart("save")
    assert "有商品的价格变了" not in words(reader.get("/cart").text)


def test_how_much_is_missing_for_free_delivery_is_said(
    reader: Reader, book: int, database_url: str
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            await market.ask(set_freight(book, flat(800, price_of(1) + 1_200)))

    asyncio.run(scene())
    reader.put(book, 1)
    assert "再买 ¥12.00 免运费" in words(reader.get("/cart").text)


def test_one_shop_s_cart_becomes_an_order_and_leaves_the_cart(
    reader: Reader, book: int, owner_url: str
) -> None:
    reader.put(book, 1)
    reader.put(book, 2)
    shown = reader.get("/cart").text
    keep = next(n for n in (0, 1) if fields(shown)[f"sku{n}"] == str(sku_of(book, 2)))
    reader.cart(f"choose.{keep}")
    form = fields(reader.get("/checkout").text)
    answer = reader.post(ORDERS, {**form, "remark0": "轻放"})
    assert answer.headers["location"].startswith(f"/shops/shop-{book}/orders/")
    assert "轻放" in reader.get(answer.headers["location"]).text
    assert (
        reader.post(ORDERS, form | {"remark0": "轻放"}).headers["location"]
        == (answer.headers["location"])
    )
    assert orders(owner_url, book) == 1
    left = fields(reader.get("/cart").text)
    assert (left["sku0"], "sku1" in left) == (str(sku_of(book, 2)), False)


def test_two_shops_are_ordered_together_and_seen_as_one_purchase(
    reader: Reader, book: int, other: int, owner_url: str
) -> None:
    reader.put(book, 1, quantity=2)
    reader.put(other, 2)
    page = reader.get("/checkout")
    assert len(re.findall(r'name="remark\d"', page.text)) == 2
    answer = reader.post(ORDERS, fields(page.text))
    path = answer.headers["location"]
    assert path.startswith("/purchases/")
    shown = reader.get(path)
    assert "2 张订单" in words(shown.text)
    total = 2 * price_of(1) + price_of(2)
    assert f"¥ {total // 100} .{total % 100:02}" in words(shown.text)
    assert (orders(owner_url, book), orders(owner_url, other)) == (1, 1)
    assert "购物车是空的" in words(reader.get("/cart").text)
    reader.forget()
    assert reader.get(path).status_code == 404


def test_where_one_shop_cannot_nothing_is_ordered_anywhere(
    reader: Reader, book: int, other: int, owner_url: str
) -> None:
    reader.put(book, 1)
    reader.put(other, 1)
    form = fields(reader.get("/checkout").text)
    dearer = "update goods.skus set price_fen = 9999 where book = $1"
    asyncio.run(change(owner_url, (dearer, [other])))
    answer = reader.post(ORDERS, form)
    assert answer.status_code == 409
    assert "价格刚刚变了" in words(answer.text)
    assert "99 .99" in words(answer.text)
    assert (orders(owner_url, book), orders(owner_url, other)) == (0, 0)
    again = reader.post(ORDERS, fields(answer.text))
    assert again.headers["location"].startswith("/purchases/")


def test_an_empty_choice_leads_back_to_the_cart(reader: Reader) -> None:
    answer = reader.get("/checkout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/cart")
    form = {"form": fields(reader.get("/language?back=/").text)["form"]}
    assert reader.post("/cart", {**form, "do": "all"}).headers["location"] == "/cart"
    key = {"key": "5f0d5e9c-8a3b-4c0e-9d5a-6a6973686999"}
    assert reader.post(ORDERS, {**form, **key}).status_code == 400


def test_the_cart_speaks_english_too(reader: Reader, book: int) -> None:
    reader.language = "en"
    reader.put(book, 1)
    page = words(reader.get("/cart").text)
    assert "Check out 1 item" in page
    assert "Remove" in page
    assert not re.search(r"[\u4e00-\u9fff]", page.replace("简体中文", ""))


RAIL = """insert into goods.categories (book, category_id, public_id, title)
    values ($1, $1, 'rail', '茶叶')"""


def test_categories_stand_in_a_rail(reader: Reader, book: int, owner_url: str) -> None:
    asyncio.run(change(
        owner_url,
        (RAIL, [book]),
        ("update goods.products set category_id = $1 where book = $1", [book]),
    ))  # fmt: skip
    page = reader.get(f"/shops/shop-{book}/categories/rail")
    assert "龙井茶" in words(page.text)
    assert reader.get("/categories").status_code == 200


def test_what_will_not_be_taken_back_must_be_confirmed(
    reader: Reader, book: int, owner_url: str
) -> None:
    final = """update goods.products set return_class = 'confirmed_exception',
        return_ground = 'unsealed_risk' where book = $1"""
    asyncio.run(change(owner_url, (final, [book])))
    form = reader.checkout(book)
    unsaid = {name: value for name, value in form.items() if name != "confirmed"}
    answer = reader.post(ORDERS, unsaid)
    assert answer.status_code == 409
    assert "不支持七天无理由退货" in words(answer.text)
    assert orders(owner_url, book) == 0
    assert reader.post(ORDERS, {**fields(answer.text), "confirmed": "1"}).status_code == 303
