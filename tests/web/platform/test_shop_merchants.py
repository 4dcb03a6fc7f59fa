"""Shops with merchants of their own: set at the desk, paid, told, refunded, changed for another."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx
import pytest

from jishi import money
from jishi.kernel import new_id
from tests.conftest import opened, run_as_owner
from tests.money.refunding import ask
from tests.shops import price_of, seed_shops
from tests.trade.test_take_payment import broken
from tests.web.console.desk import PASSWORD, hire
from tests.web.paying import Till, a_till, begun, browser, ordered, send, until_shown
from tests.web.platform.test_paying_together import FAR, bought
from tests.web.platform.test_paying_together import begun as begun_together
from tests.web.reader import count, fields, words

PATH = "/console/settings/payment"
MCHIDS = "select count(*) from money.attempts where book = $1 and mchid = $2 and state = 'paid'"
DONE = "select count(*) from money.refunds where book = $1 and state = 'succeeded'"
ESCROW = "select coalesce(sum(balance), 0) from ledger.accounts where book = $1 and kind = 'escrow'"


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


@contextmanager
def desk(till: Till, book: int, role: str = "owner") -> Iterator[httpx.Client]:
    """Lend a browser in which a member of the shop signed in."""
    member = hire(till.owner_url, book, role)
    with browser(till) as client:
        form = fields(client.get("/console/sign-in").text)
        send(client, "/console/sign-in", **{**form, "name": member.name, "password": PASSWORD})
        yield client


def keys(till: Till, at: int) -> dict[str, str]:
    """Give what a merchant of that WeChat would fill in."""
    merchant = till.known["merchants"][at]
    told = {name: merchant[name] for name in ("mchid", "serial", "private_pem", "apiv3_key")}
    public = {name: till.known[name] for name in ("public_key_id", "public_key_pem")}
    return {**told, **public}


def save(till: Till, book: int, at: int, **other: str) -> httpx.Response:
    """Fill the form in at the desk."""
    with desk(till, book) as client:
        form = {**fields(client.get(PATH).text), **keys(till, at), **other}
        return client.post(PATH, data=form, headers={"origin": till.site.base})


def pay_newest(till: Till) -> Any:
    """Pay what was prepaid last; gives what WeChat knows of it."""
    newest = till.bills()["orders"][0]
    paid = till.control("POST", "/sandbox/payments", prepay_id=newest["prepay_id"])
    assert paid["is_paid"], paid
    return newest


def test_what_wechat_does_not_accept_is_not_kept_and_no_secret_is_shown(
    till: Till, books: tuple[int, int]
) -> None:
    other = keys(till, 2)["private_pem"]
    for wrong, said in (
        ({"private_pem": other}, "微信不认这套密钥"),
        ({"private_pem": "what is this"}, "密钥填得不完整"),
        ({"apiv3_key": "short"}, "密钥填得不完整"),
        ({"public_key_pem": "what is this"}, "密钥填得不完整"),
    ):
        answer = save(till, books[0], 1, **wrong)
        assert answer.status_code == 409, said
        assert said in words(answer.text)
        given = {**keys(till, 1), **wrong}
        assert given["apiv3_key"] not in answer.text
        assert given["private_pem"].strip() not in answer.text
    kept = "select count(*) from money.credentials where book = $1"
    assert asyncio.run(count(till.owner_url, kept, books[0])) == 0
    assert save(till, books[0], 1).status_code == 303
    with desk(till, books[0]) as client:
        page = client.get(PATH).text
    mine = keys(till, 1)
    assert mine["mchid"] in page
    assert mine["apiv3_key"][-4:] in page
    assert mine["apiv3_key"] not in page
    assert mine["private_pem"][40:80] not in page


def test_a_shop_is_paid_by_its_own_merchant_and_told_and_refunded_as_that(
    till: Till, books: tuple[int, int]
) -> None:
    book, _ = books
    assert save(till, book, 1).status_code == 303
    with browser(till) as client:
        order = ordered(client, book)
        begun(client, order)
        newest = pay_newest(till)
        assert newest["mchid"] == keys(till, 1)["mchid"]
        until_shown(client, f"{order}/payment", "付款成功")
    assert asyncio.run(count(till.owner_url, MCHIDS, book, newest["mchid"])) == 1
    # Another merchant from now on: what was paid to the first goes back from the first.
    assert save(till, book, 2).status_code == 303
    asyncio.run(refunded(till, book))
    with browser(till) as client:
        order = ordered(client, book)
        begun(client, order)
        assert pay_newest(till)["mchid"] == keys(till, 2)["mchid"]
        until_shown(client, f"{order}/payment", "付款成功")


async def refunded(till: Till, book: int) -> None:
    """Send back what was paid, and wait until it is back."""
    async with opened(till.owner_url) as market:
        paid = "select order_id from money.attempts where book = $1 and state = 'paid'"
        order_id = await count(till.owner_url, paid, book)
        asked = await market.ask(ask(book, order_id, price_of(1)))
        assert isinstance(asked, money.RefundAsked)
    for _ in range(100):
        till.control("POST", "/sandbox/clock", advance_seconds=60)
        if await count(till.owner_url, DONE, book):
            return
        await asyncio.sleep(0.1)
    raise AssertionError("it did not come back")


def test_two_shops_with_merchants_of_their_own_are_paid_at_once(
    till: Till, books: tuple[int, int]
) -> None:
    for at, book in enumerate(books, start=1):
        assert save(till, book, at).status_code == 303
    with browser(till) as client:
        purchase = bought(client, books)
        begun_together(client, purchase)
        pay_newest(till)
        until_shown(client, f"{purchase}/payment", "付款成功")
    for at, book in enumerate(books, start=1):
        mchid = keys(till, at)["mchid"]
        assert asyncio.run(count(till.owner_url, MCHIDS, book, mchid)) == 1
        assert asyncio.run(count(till.owner_url, ESCROW, book)) == price_of(1)


def test_a_notice_is_taken_at_its_own_shops_address_alone(
    till: Till, books: tuple[int, int]
) -> None:
    nothing = httpx.post(f"{till.site.base}/wechat/pay/notices/{books[0]}", json={})
    assert nothing.status_code in {400, 401}
    assert save(till, books[0], 1).status_code == 303
    forged = httpx.post(f"{till.site.base}/wechat/pay/notices/{books[0]}", json={"id": "1"})
    assert forged.status_code == 401


def test_a_member_without_the_permission_does_not_see_it(
    till: Till, books: tuple[int, int]
) -> None:
    with desk(till, books[0], "store") as client:
        assert client.get(PATH).status_code == 403
        told = {**keys(till, 1), "key": str(uuid4())}
        answer = client.post(PATH, data=told, headers={"origin": till.site.base})
        assert answer.status_code == 403


def test_a_payment_to_another_merchant_is_seen(till: Till, books: tuple[int, int]) -> None:
    book, _ = books
    with browser(till) as client:
        order = ordered(client, book)
        begun(client, order)
        pay_newest(till)
        until_shown(client, f"{order}/payment", "付款成功")
    promise = "money.every_payment_is_to_its_shop_s_merchant"
    assert promise not in asyncio.run(broken(till.owner_url))
    set_ = (
        "insert into money.credentials values"
        f" ({book}, 99, '1900000999', 'AB', 'P', '1234', 'x', now() - interval '1 day')"
    )
    asyncio.run(run_as_owner(till.owner_url, set_))
    assert promise in asyncio.run(broken(till.owner_url))
    gone = f"delete from money.credentials where book = {book}"
    asyncio.run(run_as_owner(till.owner_url, gone))


def test_the_shop_is_told_at_its_own_address(till: Till, books: tuple[int, int]) -> None:
    book, _ = books
    assert save(till, book, 1).status_code == 303
    with browser(till) as client:
        order = ordered(client, book)
        begun(client, order)
        pay_newest(till)
        until_shown(client, f"{order}/payment", "付款成功")
    url = f"{till.site.base}/wechat/pay/notices/{book}"
    deadline = time.monotonic() + 10
    while not [
        each for each in deliveries(till) if each["url"] == url and "204" in each["outcome"]
    ]:
        assert time.monotonic() < deadline, deliveries(till)[:3]
        time.sleep(0.2)


def deliveries(till: Till) -> Any:
    """Give what WeChat brought, or is to bring."""
    return till.control("GET", "/sandbox/deliveries")["deliveries"]
