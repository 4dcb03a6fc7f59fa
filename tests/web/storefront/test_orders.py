"""Ordering over HTTP: one form is one order, refusals say what to do, orders are private."""

import asyncio

import pytest

from tests.shops import price_of, sku_of
from tests.web.reader import (
    ORDERS,
    Reader,
    change,
    checkout_path,
    count,
    fields,
    product_path,
    words,
)

PLACED = "select count(*) from trade.orders where book = $1"


def orders(owner_url: str, book: int) -> int:
    """Count the orders of a shop."""
    return asyncio.run(count(owner_url, PLACED, book))


def test_a_shopper_orders_sees_the_order_and_cancels_it(
    reader: Reader, book: int, owner_url: str
) -> None:
    path = reader.order(book, number=2, quantity=3)
    page = reader.get(path)
    assert page.status_code == 200
    assert "待付款" in words(page.text)
    assert "× 3" in words(page.text)
    assert f"¥ {price_of(2) * 3 // 100} ." in words(page.text)
    assert path in reader.get("/orders").text.replace("&#x2f;", "/")
    closed = reader.post(f"{path}/cancellation", {"form": fields(page.text)["form"]})
    assert (closed.status_code, closed.headers["location"]) == (303, path)
    assert "已关闭" in words(reader.get(path).text)
    free = "select balance from ledger.accounts where book = $1 and unit = $2 and kind = 'shelf'"
    assert asyncio.run(count(owner_url, free, book, sku_of(book, 2))) == 10


def test_a_form_sent_twice_is_one_order(reader: Reader, book: int, owner_url: str) -> None:
    form = reader.checkout(book)
    first = reader.post(ORDERS, form)
    # The second tap left before the first answer brought its cookie.
    reader.client.cookies.delete("visitor")
    second = reader.post(ORDERS, form)
    assert first.headers["location"] == second.headers["location"]
    assert reader.get(second.headers["location"]).status_code == 200
    assert orders(owner_url, book) == 1


def test_a_key_cannot_stand_for_another_order(reader: Reader, book: int, owner_url: str) -> None:
    form = reader.checkout(book)
    reader.post(ORDERS, form)
    answer = reader.post(ORDERS, {**form, "quantity0": "2"})
    assert answer.status_code == 409
    assert "已经提交过了" in words(answer.text)
    assert fields(answer.text)["key"] != form["key"]
    assert orders(owner_url, book) == 1


def test_what_is_gone_meanwhile_is_refused_with_the_product(
    reader: Reader, book: int, owner_url: str
) -> None:
    form = reader.checkout(book, quantity=9)
    reader.order(book, quantity=5)
    answer = reader.post(ORDERS, form)
    assert answer.status_code == 409
    assert "库存不够了" in words(answer.text)
    assert "仅剩 5 件" in words(answer.text)
    assert fields(answer.text)["quantity"] == "9"
    assert orders(owner_url, book) == 1


def test_a_price_that_changed_is_shown_with_the_old_one(
    reader: Reader, book: int, owner_url: str
) -> None:
    form = reader.checkout(book)
    statement = "update goods.skus set price_fen = 123456 where book = $1"
    asyncio.run(change(owner_url, (statement, [book])))
    answer = reader.post(ORDERS, {**form, "remark0": "请用纸箱"})
    assert answer.status_code == 409
    assert "价格刚刚变了" in words(answer.text)
    assert "¥10.01" in words(answer.text)
    assert "1,234" in words(answer.text)
    assert "请用纸箱" in answer.text
    assert fields(answer.text)["seen0"] == "123456"
    assert orders(owner_url, book) == 0


def test_what_is_off_the_shelf_is_refused(reader: Reader, book: int, owner_url: str) -> None:
    form = reader.checkout(book)
    statement = "update goods.products set is_live = false where book = $1"
    asyncio.run(change(owner_url, (statement, [book])))
    answer = reader.post(ORDERS, form)
    assert answer.status_code == 409
    assert "现在不卖了" in words(answer.text)
    assert "立即购买" not in words(answer.text)
    assert orders(owner_url, book) == 0


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"quantity0": "0"}, 422, "一次可以买 1 到 999 件"),
        ({"quantity0": "9" * 30}, 422, "一次可以买 1 到 999 件"),
        ({"quantity0": "-1"}, 422, "一次可以买 1 到 999 件"),
        ({"remark0": "长" * 201}, 422, "留言最多 200 个字"),
        ({"sku0": "12"}, 409, "现在不卖了"),
        ({"sku0": "many"}, 409, "现在不卖了"),
        ({"key": "no key"}, 400, "看不懂"),
    ],
)
def test_a_form_that_was_tampered_with_changes_nothing(
    reader: Reader, book: int, owner_url: str, changed: dict[str, str], status: int, said: str
) -> None:
    answer = reader.post(ORDERS, {**reader.checkout(book), **changed})
    assert (answer.status_code, said in words(answer.text)) == (status, True)
    assert orders(owner_url, book) == 0


def test_refusals_speak_english_too(reader: Reader, book: int) -> None:
    reader.language = "en-GB,en;q=0.9"
    form = reader.checkout(book, quantity=9)
    reader.order(book, quantity=5)
    answer = reader.post(ORDERS, form)
    assert "Not enough in stock" in words(answer.text)
    assert "Only 5 left" in words(answer.text)
    assert '<html lang="en">' in answer.text


def test_an_order_is_nobody_elses(reader: Reader, book: int, owner_url: str) -> None:
    path = reader.order(book)
    token = fields(reader.get(path).text)["form"]
    reader.forget()
    assert reader.get(path).status_code == 404
    reader.order(book, number=2)
    assert reader.get(path).status_code == 404
    mine = fields(reader.get(checkout_path(book)).text)
    assert reader.post(f"{path}/cancellation", {"form": token}).status_code == 403
    assert reader.post(f"{path}/cancellation", mine or {"form": token}).status_code in {403, 404}
    assert path not in reader.get("/orders").text.replace("&#x2f;", "/")
    closing = "select count(*) from trade.orders where book = $1 and state <> 'awaiting_payment'"
    assert asyncio.run(count(owner_url, closing, book)) == 0


def test_an_order_is_cancelled_once(reader: Reader, book: int) -> None:
    path = reader.order(book)
    form = {"form": fields(reader.get(path).text)["form"]}
    assert reader.post(f"{path}/cancellation", form).status_code == 303
    again = reader.post(f"{path}/cancellation", form)
    assert again.status_code == 303
    assert words(reader.get(path).text).count("您取消了订单") == 1


def test_nobody_has_no_orders(reader: Reader) -> None:
    page = reader.get("/orders")
    assert page.status_code == 200
    assert "还没有订单" in words(page.text)
    assert set(page.cookies) == {"visit"}


def test_orders_are_listed_a_page_at_a_time(reader: Reader, book: int) -> None:
    paths = {reader.order(book, number=number % 2 + 1) for number in range(20)}
    assert "看更多" not in words(reader.get("/orders").text)
    paths.add(reader.order(book, number=3))
    first = reader.get("/orders").text.replace("&#x2f;", "/")
    following = first.partition("/orders?tab=all&amp;before=")[2].partition('"')[0]
    second = reader.get(f"/orders?before={following}").text.replace("&#x2f;", "/")
    assert all((path in first) != (path in second) for path in paths)


def test_a_market_that_is_too_busy_keeps_the_form(
    reader: Reader, book: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = reader.checkout(book)
    monkeypatch.setattr(reader.client.app.state["house"].market, "is_open", False)
    answer = reader.post(ORDERS, {**form, "remark0": "别急"})
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"
    assert fields(answer.text)["key"] == form["key"]
    assert "别急" in answer.text
    monkeypatch.undo()


def test_a_product_page_sets_the_visits_cookie_alone(reader: Reader, book: int) -> None:
    page = reader.get(product_path(book))
    assert set(page.cookies) == {"visit"}
    assert page.headers["cache-control"] == "no-cache"
