"""A cart of two shops, paid at once by a code, in a real browser that runs no script."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from jishi.kernel import new_id
from tests.journeys.chromium import chromium, flags
from tests.shops import seed_shops
from tests.web.paying import Till, a_till

WAIT_MS = 15_000


@pytest.fixture(scope="module")
def till() -> Iterator[Till]:
    """Lend a market of two shops and its WeChat."""
    with asyncio.Runner() as runner, a_till(runner) as running:
        yield running


@pytest.fixture
def first(till: Till) -> int:
    """Give the first of two shops that no other test has."""
    found = new_id() >> 20
    asyncio.run(seed_shops(till.owner_url, found, shops=2))
    return found


@pytest.fixture
def browser(till: Till) -> Iterator[Browser]:
    """Lend a browser, for one test."""
    assert till.site.port
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium(), args=flags())
        yield running
        running.close()


@pytest.mark.parametrize("width", [390])
def test_two_shops_are_paid_by_one_code_without_scripts(
    till: Till, first: int, browser: Browser, tmp_path: Path, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, locale="zh-CN", java_script_enabled=False
    )
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    for book in (first, first + 1):
        page.goto(f"{till.site.base}/shops/shop-{book}/products/product-{book}-1")
        page.get_by_role("button", name="加入购物车").first.click()
    page.goto(f"{till.site.base}/cart")
    page.get_by_role("button", name="结算").click()
    page.get_by_role("button", name="提交订单").click()
    page.screenshot(path=tmp_path / "purchase.png", full_page=True)
    page.get_by_role("button", name="一起付款").click()
    page.get_by_role("img", name="付款二维码").wait_for()
    page.screenshot(path=tmp_path / "cashier.png", full_page=True)
    newest = till.bills()["orders"][0]["prepay_id"]
    assert till.control("POST", "/sandbox/payments", prepay_id=newest)["is_paid"]
    page.get_by_role("heading", name="付款成功").wait_for()
    page.screenshot(path=tmp_path / "paid.png", full_page=True)
    assert page.locator("a.sheet.line .tag").all_inner_texts() == ["待取货", "待取货"]
    page.locator("a.sheet.line").first.click()
    page.get_by_role("link", name="同一次购买的订单").click()
    page.get_by_role("heading", name="2 张订单").wait_for()
    context.close()
