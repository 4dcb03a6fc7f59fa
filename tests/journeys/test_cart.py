"""A cart on a phone, in a real browser: filled, changed, ordered; also without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.test_shopping import WIDER, phone
from tests.site import Site

PHONE = {"width": 390, "height": 844}
COVERED = (
    "(() => { const b = document.querySelector('.over-tabs button.weui-btn');"
    " const r = b.getBoundingClientRect();"
    " return document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2) !== b })()"
)


def put_in(page: Page, number: int) -> None:
    """Open a product from the home page, and put it in the cart."""
    page.goto(page.url.partition("/shops")[0].rstrip("/") + "/")
    page.locator("a.card:not(:has(.tag))").nth(number).click()
    page.wait_for_load_state()
    page.locator(".bar button", has_text="加入购物车").click()
    page.wait_for_load_state()
    assert "已放进购物车" in page.locator("main").inner_text()


@pytest.mark.parametrize("has_script", [True, False], ids=["with_script", "without_script"])
def test_a_shopper_fills_a_cart_changes_it_and_orders(
    browser: Browser, site: Site, tmp_path: Path, has_script: bool
) -> None:
    with phone(browser, site, viewport=PHONE, java_script_enabled=has_script) as page:
        put_in(page, 0)
        put_in(page, 1)
        assert page.locator(".bar .badge").inner_text() == "2"
        page.locator(".bar a", has_text="购物车").click()
        page.wait_for_load_state()
        assert page.locator("#cart .line").count() == 2
        page.locator("button[value='more.0']").click()
        page.wait_for_load_state()
        assert page.locator("input[name=quantity0]").input_value() == "2"
        page.screenshot(path=tmp_path / "cart.png")
        if has_script:
            assert page.evaluate(WIDER) == []
            assert page.evaluate(COVERED) is False
        page.locator("button[value='drop.1']").click()
        page.wait_for_load_state()
        assert page.locator("#cart .line").count() == 1
        page.locator(".bar button", has_text="结算").click()
        page.wait_for_load_state()
        assert page.url.endswith("/checkout")
        page.locator("#remark0").fill("请轻放")
        page.screenshot(path=tmp_path / "checkout.png", full_page=True)
        if has_script:
            assert page.evaluate(WIDER) == []
        page.locator(".bar button", has_text="提交订单").click()
        page.wait_for_load_state()
        assert "/orders/" in page.url
        page.screenshot(path=tmp_path / "order.png", full_page=True)
        assert "请轻放" in page.locator("main").inner_text()
        page.goto(f"{site.base}/cart")
        assert "购物车是空的" in page.locator("main").inner_text()
        page.goto(f"{site.base}/categories")
        page.screenshot(path=tmp_path / "categories.png")
        assert page.locator(".rail a").count() > 1
