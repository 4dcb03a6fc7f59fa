"""A shopper on a phone, in a real browser: from the home page to an order, and out of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.site import Site

CRITICAL_BYTES_MAX = 20 * 1024
WIDER = (
    "[...document.querySelectorAll('body *')].filter(e => {"
    " const r = e.getBoundingClientRect(), s = getComputedStyle(e);"
    " return r.width && r.right > innerWidth + 1 && s.position !== 'absolute'"
    " && !e.closest('.gallery') }).map(e => e.outerHTML.slice(0, 120))"
)


@contextmanager
def phone(browser: Browser, site: Site, **how: object) -> Iterator[Page]:
    """Lend a page on a phone; whatever it complains of, or asks of others, is a fault."""
    given = {"viewport": {"width": 375, "height": 812}, "locale": "zh-CN", **how}
    context = browser.new_context(**given)  # type: ignore[arg-type]  # Playwright's own options
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: _is_ours(request.url, site, said))
    page.goto(site.base)
    yield page
    context.close()
    assert said == []


def _is_ours(url: str, site: Site, said: list[str]) -> None:
    if not url.startswith((site.base, "data:")):
        said.append(f"asked {url}")


def choose_a_product(page: Page) -> None:
    """Go from the home page through a category to a product that can be bought."""
    page.locator(".tiles a").first.click()
    page.wait_for_load_state()
    cards = page.locator("a.card:not(:has(.tag))")
    cards.first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("has_script", [True, False], ids=["with_script", "without_script"])
@pytest.mark.parametrize(
    ("locale", "buy", "send", "cancel", "closed"),
    [("zh-CN", "立即购买", "提交订单", "取消订单", "已关闭"),
     ("en-US", "Buy", "Place", "Cancel", "Closed")],
    ids=["in_chinese", "in_english"],
)  # fmt: skip
def test_a_shopper_orders_and_changes_his_mind(
    browser: Browser, site: Site, tmp_path: Path, has_script: bool,
    locale: str, buy: str, send: str, cancel: str, closed: str,
) -> None:  # fmt: skip
    with phone(browser, site, locale=locale, java_script_enabled=has_script) as page:
        choose_a_product(page)
        page.screenshot(path=tmp_path / "product.png")
        page.locator(".bar button", has_text=buy).click()
        page.wait_for_load_state()
        page.locator("#remark0").fill("请轻放")
        page.locator(".bar button", has_text=send).click()
        page.wait_for_load_state()
        assert "/orders/" in page.url
        assert "JS" in page.locator(".facts").inner_text()
        order = page.url
        page.screenshot(path=tmp_path / "order.png", full_page=True)
        page.locator("form button", has_text=cancel).click()
        page.wait_for_load_state()
        assert page.url == order
        assert closed in page.locator("main").inner_text()
        page.goto(f"{site.base}/orders")
        assert page.locator("a.line").count() == 1


@pytest.mark.parametrize("width", [320, 375, 430])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_phone(
    browser: Browser, site: Site, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 700}
    with phone(browser, site, viewport=size, color_scheme=scheme) as page:
        for path in pages_of(page, site):
            page.goto(path)
            assert page.evaluate(WIDER) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def pages_of(page: Page, site: Site) -> list[str]:
    """Give one page of each kind."""
    tile = page.locator(".tiles a").first.get_attribute("href")
    card = page.locator("a.card").first.get_attribute("href")
    return [site.base, f"{site.base}{tile}", f"{site.base}{card}", f"{site.base}/orders",
            f"{site.base}/language?back=/"]  # fmt: skip


def test_what_a_page_needs_before_its_pictures_fits_the_budget(
    browser: Browser, site: Site
) -> None:
    with phone(browser, site) as page:
        for path in pages_of(page, site)[:3]:
            sizes: list[int] = []

            def weigh(response: object, into: list[int] = sizes) -> None:
                if "/pictures/" not in response.url:  # type: ignore[attr-defined]  # a response
                    sizes_of = response.request.sizes()  # type: ignore[attr-defined]  # a response
                    into.append(sizes_of["responseBodySize"] + sizes_of["responseHeadersSize"])

            page.on("response", weigh)
            page.goto(path, wait_until="networkidle")
            page.remove_listener("response", weigh)
            assert 0 < sum(sizes) <= CRITICAL_BYTES_MAX, (path, sizes)


def test_choosing_changes_the_price_before_the_form_is_sent(browser: Browser, site: Site) -> None:
    with phone(browser, site) as page:
        links = page.locator("a.card").evaluate_all("all => all.map(a => a.href)")
        for link in links:
            page.goto(link)
            chips = page.locator(".axis input:not(:checked):not(:disabled)")
            if chips.count():
                break
        before = page.locator("#price").inner_text()
        prices = {before}
        for number in range(page.locator(".axis label").count()):
            page.locator(".axis label").nth(number).click()
            prices.add(page.locator("#price").inner_text())
        assert len(prices) > 1


def test_every_target_is_large_enough_for_a_thumb(browser: Browser, site: Site) -> None:
    small = (
        "[...document.querySelectorAll('a, button, input:not([type=hidden]), summary')]"
        ".filter(e => e.offsetParent && !e.closest('.rich') && !e.closest('.away')"
        " && !e.classList.contains('away')).map(e => [e, (e.closest('label') || e)"
        ".getBoundingClientRect()]).filter(([e, r]) => r.width && (r.height < 43.5))"
        ".map(([e, r]) => r.height + ' ' + e.outerHTML.slice(0, 100))"
    )
    with phone(browser, site) as page:
        for path in pages_of(page, site):
            page.goto(path)
            assert page.evaluate(small) == [], path
