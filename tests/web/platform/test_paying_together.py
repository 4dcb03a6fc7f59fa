"""Paying a two-shop cart, from page to page: one code, one payment, two orders in two books."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from jishi.kernel import new_id
from tests.shops import price_of, seed_shops
from tests.web.paying import Till, a_till, browser, send, until_shown
from tests.web.reader import ORDERS, count, fields, words

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 Safari/604.1"
ESCROW = "select coalesce(sum(balance), 0) from ledger.accounts where book = $1 and kind = 'escrow'"
FAR = 1 << 41


@pytest.fixture(scope="module")
def till() -> Iterator[Till]:
    """Lend a market and its WeChat."""
    with asyncio.Runner() as runner, a_till(runner) as running:
        yield running


@pytest.fixture
def books(till: Till) -> tuple[int, int]:
    """Give two shops that no other test has."""
    first = new_id() >> 20
    for book in (first, first + FAR):
        asyncio.run(seed_shops(till.owner_url, book))
    return first, first + FAR


def bought(client: httpx.Client, books: tuple[int, int]) -> str:
    """Put one piece of each shop in the cart, order both, and give the path of the purchase."""
    for book in books:
        path = f"/shops/shop-{book}"
        shown = fields(client.get(f"{path}/products/product-{book}-1?quantity=1").text)
        form = {**shown, "product": f"product-{book}-1", "o0": "100克", "quantity": "1"}
        send(client, f"{path}/cart", **form)
    return send(client, ORDERS, **fields(client.get("/checkout").text))


def begun(client: httpx.Client, purchase: str) -> str:
    """Go to pay it, and give the cashier's page."""
    form = fields(client.get(purchase).text)
    return client.get(send(client, f"{purchase}/payment", **form)).text


def pay_newest(till: Till, kind: str) -> bool:
    """Pay what was prepaid last, as somebody with a phone would."""
    newest = till.bills()["orders"][0]
    assert newest["trade_type"] == kind
    asked = till.control("POST", "/sandbox/payments", prepay_id=newest["prepay_id"])
    return bool(asked["is_paid"])


def orders_of(client: httpx.Client, purchase: str) -> list[str]:
    """Give the paths of its orders."""
    page = client.get(purchase).text
    return [each.split('"')[0] for each in page.split('class="sheet line" href="')[1:]]


def test_a_code_pays_both_and_the_page_tells_by_itself(till: Till, books: tuple[int, int]) -> None:
    with browser(till) as client:
        purchase = bought(client, books)
        assert "一起付款" in words(client.get(purchase).text)
        page = begun(client, purchase)
        assert "用微信扫一扫付款" in page
        assert "<svg" in page
        assert "cashier" not in page  # no script of the sheet: a code needs none
        assert pay_newest(till, "NATIVE")
        shown = until_shown(client, f"{purchase}/payment", "付款成功")
        assert 'http-equiv="refresh"' not in shown
        for order in orders_of(client, purchase):
            said = words(client.get(order).text)
            assert "您已付款" in said
            assert "同一次购买的订单" in said
    for book in books:
        assert asyncio.run(count(till.owner_url, ESCROW, book)) == price_of(1)


def test_the_order_of_a_part_leads_to_paying_together(till: Till, books: tuple[int, int]) -> None:
    with browser(till) as client:
        purchase = bought(client, books)
        order, other = orders_of(client, purchase)
        page = client.get(order)
        assert "去一起付款" in words(page.text)
        assert f'action="{order}/payment"' not in page.text
        begun(client, purchase)
        led = client.get(f"{order}/payment")
        assert (led.status_code, led.headers["location"]) == (303, f"{purchase}/payment")
        form = fields(client.get(order).text)["form"]
        send(client, f"{order}/cancellation", form=form)
        until_shown(client, order, "已关闭")
        alone = until_shown(client, other, "去支付")
        assert f'action="{other}/payment"' in alone
        assert "请打开它单独付款" in words(client.get(purchase).text)
        assert not pay_newest(till, "NATIVE")


def test_a_link_can_be_changed_for_a_code_and_the_old_one_pays_nothing(
    till: Till, books: tuple[int, int]
) -> None:
    with browser(till, IPHONE) as client:
        purchase = bought(client, books)
        page = begun(client, purchase)
        assert "打开微信付款" in page
        old = till.bills()["orders"][0]["prepay_id"]
        client.get(
            send(client, f"{purchase}/payment/withdrawal", **{**fields(page), "way": "native"})
        )
        until_shown(client, f"{purchase}/payment", "用微信扫一扫付款")
        gone = till.control("POST", "/sandbox/payments", prepay_id=old)
        assert not gone["is_paid"]
        assert pay_newest(till, "NATIVE")
        until_shown(client, f"{purchase}/payment", "付款成功")


@pytest.mark.parametrize("fault", ["lost", "duplicate", "probe"])
def test_whatever_goes_wrong_with_telling_each_part_is_credited_once(
    till: Till, books: tuple[int, int], fault: str
) -> None:
    till.control("POST", "/sandbox/faults", kind=fault)
    try:
        with browser(till) as client:
            purchase = bought(client, books)
            page = begun(client, purchase)
            assert pay_newest(till, "NATIVE")
            send(client, f"{purchase}/payment/inquiry", **fields(page))
            until_shown(client, f"{purchase}/payment", "付款成功")
    finally:
        till.control("DELETE", "/sandbox/faults")
    for book in books:
        assert asyncio.run(count(till.owner_url, ESCROW, book)) == price_of(1)


def test_two_taps_on_the_button_begin_one_payment(till: Till, books: tuple[int, int]) -> None:
    with browser(till) as client:
        purchase = bought(client, books)
        form = fields(client.get(purchase).text)
        before = len(till.bills()["orders"])
        for _ in range(2):
            send(client, f"{purchase}/payment", **form)
        send(client, f"{purchase}/payment", **fields(client.get(purchase).text))
        assert len(till.bills()["orders"]) == before + 2


def test_a_stranger_sees_and_pays_nothing_of_it(till: Till, books: tuple[int, int]) -> None:
    with browser(till) as client, browser(till) as stranger:
        purchase = bought(client, books)
        assert stranger.get(f"{purchase}/payment").status_code == 404
        key = fields(client.get(purchase).text)
        told = stranger.post(f"{purchase}/payment", data=key, headers={"origin": till.site.base})
        assert told.status_code in {403, 404}
