"""Choosing a store at the checkout: what lies where, what is open, and what is wanted there."""

import asyncio
import re

import pytest

from tests.goods.two_stores import OTHER, second_store
from tests.shops import STORE
from tests.web.reader import ORDERS, Reader, change, count, fields, words

RADIO = re.compile(r'<input type="radio" name="store0" value="(\d+)"([^>]*)>')
TAKEN = "select store_id from trade.order_lines where book = $1 limit 1"


def offered(page: str) -> dict[int, str]:
    """Give the stores of a checkout: whether each is chosen or cannot be."""
    return {
        int(store): "chosen" if "checked" in rest else "closed" if "disabled" in rest else ""
        for store, rest in RADIO.findall(page)
    }


def test_a_shop_with_one_store_has_it_chosen(reader: Reader, book: int) -> None:
    page = reader.get(f"/shops/shop-{book}/checkout?product=product-{book}-1&o0=100克&quantity=1")
    assert offered(page.text) == {STORE: "chosen"}


@pytest.mark.parametrize(
    ("quantity", "stores"),
    [(1, {STORE: "chosen", OTHER: ""}), (11, {STORE: "closed", OTHER: "chosen"})],
)
def test_a_store_that_has_too_little_says_what_lacks(
    reader: Reader, database_url: str, book: int, quantity: int, stores: dict[int, str]
) -> None:
    asyncio.run(second_store(database_url, book, p1=12))
    page = reader.get(
        f"/shops/shop-{book}/checkout?product=product-{book}-1&o0=100克&quantity={quantity}"
    )
    assert offered(page.text) == stores
    said = words(page.text)
    assert "外滩店" in said
    assert "中山东一路 1 号" in said
    assert ("这里缺货：龙井茶1" in said) == (quantity > 10)
    assert 'data-latitude="31.230400"' in page.text


def test_goods_are_taken_from_the_store_that_was_chosen(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    asyncio.run(second_store(database_url, book, p1=3))
    form = {**reader.checkout(book, quantity=2), "store0": str(OTHER)}
    order = reader.post(ORDERS, form)
    assert order.status_code == 303, words(order.text)
    assert asyncio.run(count(owner_url, TAKEN, book)) == OTHER


def test_what_ran_out_in_one_store_is_offered_in_the_other(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    asyncio.run(second_store(database_url, book, p1=3))
    form = {**reader.checkout(book, quantity=2), "store0": str(OTHER)}
    path = f"/shops/shop-{book}/checkout?product=product-{book}-1&o0=100克&quantity=2"
    other = {**fields(reader.get(path).text), "store0": str(OTHER)}
    assert reader.post(ORDERS, form).status_code == 303
    refused = reader.post(ORDERS, other)
    assert refused.status_code == 409
    assert offered(refused.text) == {STORE: "chosen", OTHER: "closed"}
    again = fields(refused.text)
    assert reader.post(ORDERS, again).status_code == 303
    assert asyncio.run(count(owner_url, TAKEN, book)) == OTHER


def test_nothing_is_ordered_where_no_store_has_all_of_it(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    asyncio.run(second_store(database_url, book, p1=3))
    triggers = "set local session_replication_role = replica"
    none = "update ledger.accounts set balance = 0 where book = $1 and kind = 'shelf' \
            and holder = $2 and unit = $3"
    first = book * 100_000 + 1
    asyncio.run(change(owner_url, (triggers, []), (none, [book, STORE, first])))
    reader.put(book, 1)
    reader.put(book, 2)
    page = reader.get("/checkout")
    assert offered(page.text) == {STORE: "closed", OTHER: "closed"}
    assert re.search(r'form="order"\s+disabled', page.text)
    assert "没有一家门店同时有" in words(page.text)
    mended = "update ledger.accounts set balance = 10 where book = $1 and kind = 'shelf' \
              and holder = $2 and unit = $3"
    asyncio.run(change(owner_url, (triggers, []), (mended, [book, STORE, first])))
