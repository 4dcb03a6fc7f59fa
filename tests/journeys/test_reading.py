"""Reading on a phone with large letters, by keyboard, and a choice that is gone."""

from playwright.sync_api import Browser, Page

from tests.journeys.test_shopping import phone
from tests.site import Site

WIDEST = "document.documentElement.scrollWidth"
LARGE = "document.documentElement.style.webkitTextSizeAdjust = '150%'"


def go_to_product_with(page: Page, site: Site, wanted: str) -> None:
    """Open the first product on which something is found."""
    page.goto(site.base)
    while True:
        links = page.locator("a.card").evaluate_all("all => all.map(a => a.href)")
        following = page.locator(".more a")
        onward = following.get_attribute("href") if following.count() else None
        for link in links:
            page.goto(link)
            if page.locator(wanted).count():
                return
        assert onward, f"no product has {wanted}"
        page.goto(site.base + onward)


def test_large_letters_do_not_push_anything_off(browser: Browser, site: Site) -> None:
    with phone(browser, site, is_mobile=True, viewport={"width": 320, "height": 640}) as page:
        go_to_product_with(page, site, ".axis")
        paths = [page.url, site.base, f"{site.base}/orders"]
        page.locator(".bar button[form=buy]", has_text="立即购买").click()
        page.wait_for_load_state()
        for path in [*paths, page.url]:
            page.goto(path)
            page.evaluate(LARGE)
            assert page.evaluate(WIDEST) <= 320, path
            for button in page.locator(".bar button").all():
                box = button.bounding_box()
                assert box is not None
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= 320


def test_a_choice_that_is_gone_says_so_before_and_after(browser: Browser, site: Site) -> None:
    with phone(browser, site) as page:
        go_to_product_with(page, site, ".chip.off")
        assert "缺货" in page.locator(".chip.off").first.inner_text()
        page.locator(".chip.off").first.click()
        assert page.locator("#stock").inner_text() == "售罄"
        left = page.locator(".chip:not(.off)").first
        left.click()
        assert page.locator("#stock").inner_text() != "售罄"


def test_the_quantity_stays_within_what_is_there(browser: Browser, site: Site) -> None:
    with phone(browser, site) as page:
        go_to_product_with(page, site, "#stock.warm")
        less, more = page.locator(".step button").all()
        quantity = page.locator("#quantity")
        less.click()
        assert quantity.input_value() == "1"
        for _ in range(8):
            more.click()
        assert quantity.input_value() == quantity.get_attribute("max")
        assert int(quantity.input_value()) <= 5


def test_a_product_is_bought_by_keyboard_alone(browser: Browser, site: Site) -> None:
    with phone(browser, site) as page:
        go_to_product_with(page, site, ".axis")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "跳到内容"
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == "立即购买":
                break
        shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert shown == "solid"
        page.keyboard.press("Enter")
        page.wait_for_url("**/checkout?**")
        assert "确认订单" in page.title()
