"""Paying inside WeChat: the sheet is signed for the payer; without scripts a code serves."""

import asyncio
import json
from collections.abc import Iterator
from html import unescape

import httpx
import pytest
from litestar.testing import TestClient

from jishi.kernel import Market, new_id
from tests.conftest import Cluster, clone, on
from tests.sandbox.scene import a_running_sandbox
from tests.shops import seed_shops
from tests.web.pages import app_of
from tests.web.reader import Reader, fields
from tests.web.wechat import account_of, enter, somebody


@pytest.fixture(scope="module")
def wechat() -> Iterator[str]:
    """Lend a WeChat."""
    with asyncio.Runner() as runner:
        lent = clone()
        with a_running_sandbox(on(Cluster.login_url, runner.run(lent.__aenter__()))) as base:
            yield base
        runner.run(lent.__aexit__(None, None, None))


@pytest.fixture
def reader(database_url: str, wechat: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """Lend a reader who was known by WeChat in silence."""
    monkeypatch.setenv("JISHI_SECRET", "a secret of tests, longer than it must be")
    monkeypatch.setenv("JISHI_WECHAT", wechat)
    account_of(wechat)
    app = app_of(Market(database_url, is_working=False))
    with TestClient(app, base_url="http://market.example") as client:
        lent = Reader(client)
        enter(lent, somebody(wechat))
        yield lent


@pytest.fixture
def book(owner_url: str) -> int:
    """Give a shop that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(owner_url, found))
    return found


def begun(reader: Reader, book: int) -> tuple[str, str]:
    """Order and go to pay; give the order's path and the cashier's page."""
    order = reader.order(book)
    form = fields(reader.get(order).text)["form"]
    answer = reader.post(f"{order}/payment", {"form": form})
    assert answer.headers["location"] == f"{order}/payment"
    return order, reader.get(f"{order}/payment").text


def sheet_in(page: str) -> dict[str, str]:
    """Give what the page opens WeChat's sheet with."""
    held = unescape(page.partition('data-sheet="')[2].partition('"')[0])
    return dict(json.loads(held))


def test_the_sheet_pays_and_the_inquiry_finds_it(reader: Reader, wechat: str, book: int) -> None:
    order, page = begun(reader, book)
    sheet = sheet_in(page)
    assert sorted(sheet) == ["appId", "nonceStr", "package", "paySign", "signType", "timeStamp"]
    assert 'http-equiv="refresh"' not in page
    prepay_id = sheet["package"].removeprefix("prepay_id=")
    paid = httpx.post(f"{wechat}/sandbox/payments", json={"prepay_id": prepay_id}).json()
    assert paid["is_paid"], paid
    form = fields(page)
    reader.post(f"{order}/payment/inquiry", {"form": form["form"], "key": form["key"]})
    assert "付款成功" in reader.get(f"{order}/payment").text


def test_each_showing_signs_anew(reader: Reader, book: int) -> None:
    order, page = begun(reader, book)
    again = sheet_in(reader.get(f"{order}/payment").text)
    assert again["package"] == sheet_in(page)["package"]
    assert again["nonceStr"] != sheet_in(page)["nonceStr"]


def test_without_scripts_a_code_serves(reader: Reader, book: int) -> None:
    order, page = begun(reader, book)
    form = fields(page)
    asked = {"form": form["form"], "key": form["key"], "way": "native"}
    reader.post(f"{order}/payment/withdrawal", asked)
    assert "用微信扫一扫付款" in reader.get(f"{order}/payment").text


def test_whom_the_account_does_not_know_pays_by_code(reader: Reader, book: int) -> None:
    reader.forget()
    reader.client.cookies.set("wechat", "tried", domain="market.example")
    _, page = begun(reader, book)
    assert "用微信扫一扫付款" in page
