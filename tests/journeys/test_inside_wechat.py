"""A purchase on a phone inside WeChat: followed, opened from the menu, known in silence, paid.

A real browser shows the phone; the market and WeChat run here, each on a port of its own.
"""

import asyncio
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect, sync_playwright

from jishi.kernel import new_id
from tests.journeys.chromium import chromium, flags
from tests.shops import seed_shops
from tests.web.paying import Till, a_till

WAIT_MS = 15_000
PASSWORD = "123456"  # noqa: S105 - of a phone that is played


@pytest.fixture(scope="module")
def till() -> Iterator[Till]:
    """Lend a market and its WeChat."""
    with asyncio.Runner() as runner, a_till(runner) as running:
        yield running


@pytest.fixture
def product(till: Till) -> str:
    """Give the address of a product, to which the account's menu leads."""
    book = new_id() >> 20
    asyncio.run(seed_shops(till.owner_url, book))
    url = f"{till.site.base}/shops/shop-{book}/products/product-{book}-1"
    account = next(each for each in till.known["accounts"] if each["kind"] == "service")
    asked = {
        "grant_type": "client_credential", "appid": account["appid"], "secret": account["secret"],
    }  # fmt: skip
    token = httpx.get(f"{till.wechat}/cgi-bin/token", params=asked).json()["access_token"]
    menu = {"button": [{"type": "view", "name": "逛集市", "url": url}]}
    made = httpx.post(f"{till.wechat}/cgi-bin/menu/create?access_token={token}", json=menu).json()
    assert made["errcode"] == 0, made
    return url


@pytest.fixture
def browser(till: Till) -> Iterator[Browser]:
    """Lend a browser, for one test."""
    assert till.site.port
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium(), args=flags())
        yield running
        running.close()


def phone_of(browser: Browser, till: Till, person: int, said: list[str]) -> Page:
    """Lend a phone in somebody's hand; `said` takes whatever its pages complain of."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    home = f"http://phone.webview.localhost:{till.wechat.rpartition(':')[2]}"
    page.goto(f"{home}/phone/people/{person}")
    page.wait_for_selector("body.ready")
    return page


def follow(page: Page) -> None:
    """Find the account by search, follow it, and tap its menu."""
    page.click("[aria-label=搜索]")
    page.locator(".search [name=wanted]").fill("集市")
    page.keyboard.press("Enter")
    page.locator(".row", has_text="服务号").first.click()
    page.locator(".profile .button", has_text="关注").click()
    page.locator(".menu button", has_text="逛集市").click()


def order_of(web: FrameLocator) -> str:
    """Give the path of the order that is shown."""
    web.get_by_text("订单号").wait_for()
    expect(web.get_by_role("link", name="查看订单")).to_have_count(0, timeout=WAIT_MS)
    return str(web.locator("body").evaluate("() => location.pathname"))


def test_a_purchase_from_the_menu_to_the_paid_page(
    till: Till, product: str, browser: Browser
) -> None:
    said: list[str] = []
    person = till.control("POST", "/sandbox/people", name="阿禾")["person_id"]
    page = phone_of(browser, till, person, said)
    web = page.frame_locator("#frame iframe")
    follow(page)
    web.get_by_role("button", name="立即购买").click()
    web.get_by_role("button", name="提交订单").click()
    web.get_by_role("button", name="去支付").click()
    sheet = web.get_by_role("button", name="微信支付")
    sheet.click()
    page.click("[data-dismiss]")
    sheet.click()
    page.click("[data-pay]")
    page.keyboard.type(PASSWORD)
    page.locator(".cashier .paid").wait_for()
    page.click("[data-paid]")
    expect(web.get_by_role("heading", name="付款成功")).to_be_visible(timeout=WAIT_MS)
    web.get_by_role("link", name="查看订单").click()
    order = order_of(web)
    assert till.bills()["orders"][0]["trade_type"] == "JSAPI", "so WeChat was told who pays"

    other = phone_of(browser, till, person, said)
    web = other.frame_locator("#frame iframe")
    other.locator(".chat", has_text="集市").first.click()
    other.locator(".menu button", has_text="逛集市").click()
    web.get_by_role("link", name="我的订单").first.click()
    web.get_by_role("heading", name="我的订单").wait_for()
    web.locator("a.line").first.click()
    assert order_of(web) == order, "his order is his on another phone too"
    assert product
    assert said == []
