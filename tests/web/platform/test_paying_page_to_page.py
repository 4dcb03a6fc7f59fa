"""Paying, from page to page: order, cashier, WeChat, notice, result; with scripts off throughout.

Two server processes and a WeChat of its own, each on a port; nobody touches the database.
"""

import asyncio
import re
from collections.abc import Iterator
from html import unescape

import httpx
import pytest

from jishi.kernel import new_id
from tests.shops import price_of, seed_shops
from tests.web.paying import Till, a_till, begun, browser, ordered, send, until_shown
from tests.web.reader import count, fields, words

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 Safari/604.1"
ESCROW = "select sum(balance) from ledger.accounts where book = $1 and kind = 'escrow'"


@pytest.fixture(scope="module")
def till() -> Iterator[Till]:
    """Lend a market and its WeChat."""
    with asyncio.Runner() as runner, a_till(runner) as running:
        yield running


@pytest.fixture
def book(till: Till) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(till.owner_url, found))
    return found


def pay_newest(till: Till, kind: str) -> None:
    """Pay what was prepaid last, as somebody with a phone would."""
    newest = till.bills()["orders"][0]
    assert newest["trade_type"] == kind
    paid = till.control("POST", "/sandbox/payments", prepay_id=newest["prepay_id"])
    assert paid["is_paid"], paid


def test_on_a_desktop_a_code_is_scanned_and_the_page_tells_by_itself(till: Till, book: int) -> None:
    with browser(till) as client:
        order = ordered(client, book)
        page = begun(client, order)
        assert "用微信扫一扫付款" in page
        assert "<svg" in page
        assert 'http-equiv="refresh"' in page
        assert "cashier" not in page  # no script of the sheet: a code needs none
        pay_newest(till, "NATIVE")
        shown = until_shown(client, f"{order}/payment", "付款成功")
        assert 'http-equiv="refresh"' not in shown
        assert "您已付款" in words(client.get(order).text)
    assert asyncio.run(count(till.owner_url, ESCROW, book)) == price_of(1)


def test_on_a_phone_a_link_leads_to_wechat_and_back(till: Till, book: int) -> None:
    with browser(till, IPHONE) as client:
        order = ordered(client, book)
        page = begun(client, order)
        assert "打开微信付款" in page
        found = re.search(r'href="(https?:[^"]+)"', unescape(page))
        assert found
        link = found[1]
        cashier = httpx.get(link)
        assert cashier.status_code == 200, cashier.text
        person = str(till.known["people"][0]["person_id"])
        asked = {"person": person, "password": fields(cashier.text)["password"]}
        back = httpx.post(link, data=asked, headers={"origin": till.wechat})
        assert back.status_code == 303, words(back.text)
        where = back.headers["location"]
        assert where == f"{till.site.base}{order}/payment?asked=1"
        until_shown(client, where.removeprefix(till.site.base), "付款成功")
    assert asyncio.run(count(till.owner_url, ESCROW, book)) == price_of(1)


def test_whoever_says_to_have_paid_and_has_not_is_told_to_wait(till: Till, book: int) -> None:
    with browser(till) as client:
        order = ordered(client, book)
        form = fields(begun(client, order))
        where = send(client, f"{order}/payment/inquiry", form=form["form"], key=form["key"])
        assert "请不要重复付款" in client.get(where).text
    assert asyncio.run(count(till.owner_url, ESCROW, book)) == 0


def test_without_notices_the_inquiry_finds_the_payment(till: Till, book: int) -> None:
    with browser(till) as client:
        order = ordered(client, book)
        form = fields(begun(client, order))
        till.control("POST", "/sandbox/faults", kind="lost", times=50)
        try:
            pay_newest(till, "NATIVE")
            where = send(client, f"{order}/payment/inquiry", form=form["form"], key=form["key"])
            assert "付款成功" in client.get(where).text
        finally:
            till.control("DELETE", "/sandbox/faults")


def test_another_way_closes_the_first_at_wechat(till: Till, book: int) -> None:
    with browser(till, IPHONE) as client:
        order = ordered(client, book)
        form = fields(begun(client, order))
        first = till.bills()["orders"][0]["prepay_id"]
        where = send(
            client, f"{order}/payment/withdrawal", form=form["form"], key=form["key"], way="native"
        )
        assert "用微信扫一扫付款" in client.get(where).text
        late = httpx.post(f"{till.wechat}/sandbox/payments", json={"prepay_id": first}).json()
        assert not late["is_paid"]
        pay_newest(till, "NATIVE")
        until_shown(client, where, "付款成功")
    assert asyncio.run(count(till.owner_url, ESCROW, book)) == price_of(1)


def test_a_cancelled_order_cannot_be_paid_any_more(till: Till, book: int) -> None:
    with browser(till) as client:
        order = ordered(client, book)
        form = fields(begun(client, order))
        first = till.bills()["orders"][0]["prepay_id"]
        send(client, f"{order}/cancellation", form=form["form"])
        assert "没有付款" in client.get(f"{order}/payment").text
        late = httpx.post(f"{till.wechat}/sandbox/payments", json={"prepay_id": first}).json()
        assert not late["is_paid"]


def test_nobody_sees_or_pays_what_is_anothers(till: Till, book: int) -> None:
    with browser(till) as client, browser(till) as other:
        order = ordered(client, book)
        begun(client, order)
        ordered(other, book)
        assert other.get(f"{order}/payment").status_code == 404
        form = fields(
            other.get(
                f"/shops/shop-{book}/checkout?product=product-{book}-1&o0=100克&quantity=1"
            ).text
        )
        for end in ("payment", "payment/inquiry", "payment/withdrawal"):
            answer = other.post(f"{order}/{end}", data=form, headers={"origin": till.site.base})
            assert answer.status_code == 404
