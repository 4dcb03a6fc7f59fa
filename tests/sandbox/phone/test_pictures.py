"""A series of pictures for readers: follow, menu, article, shop, pay, template message.

They are made where JISHI_PICTURES names a folder: in Chinese by day, in English by night.
"""

import os
from pathlib import Path

import pytest

from tests.sandbox.phone.conftest import Lend, Phone, Stage

FOLDER = os.environ.get("JISHI_PICTURES", "")
WORDS = {
    "zh-CN": {"account": "服务号", "follow": "关注", "source": "阅读原文"},
    "en-US": {"account": "Service account", "follow": "Follow", "source": "阅读原文"},
}

pytestmark = pytest.mark.skipif(not FOLDER, reason="JISHI_PICTURES names no folder")


class Series:
    """Pictures of one phone, numbered."""

    def __init__(self, phone: Phone, name: str) -> None:
        self.phone, self.name, self.count = phone, name, 0

    def take(self, what: str) -> None:
        """Take the whole page, and the phone alone."""
        self.count += 1
        self.phone.page.wait_for_timeout(700)
        folder = Path(FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        stem = f"{self.name}-{self.count:02}-{what}"
        self.phone.page.screenshot(path=folder / f"{stem}.png")
        clip = self.phone.page.locator(".phone").bounding_box()
        assert clip is not None
        clip = {"x": clip["x"] - 16, "y": clip["y"] - 10, "width": clip["width"] + 32,
                "height": clip["height"] + 20}  # fmt: skip
        self.phone.page.screenshot(path=folder / f"{stem}-phone.png", clip=clip)


@pytest.mark.parametrize(
    ("locale", "scheme", "name"), [("zh-CN", "light", "zh"), ("en-US", "dark", "en")]
)
def test_a_purchase_in_pictures(
    stage: Stage, lend: Lend, locale: str, scheme: str, name: str
) -> None:
    person = stage.ask("POST", "/sandbox/people", {"name": "苏苏", "avatar": "🌸", "city": "苏州"})
    phone = lend(person["person_id"], locale=locale, color_scheme=scheme, device_scale_factor=2)
    page, words, series = phone.page, WORDS[locale], Series(phone, name)
    page.click(f"[data-go='/phone/people/{phone.person}/accounts'] >> nth=0")
    page.locator(".row").first.wait_for()
    page.locator(".row", has_text=words["account"]).first.click()
    page.locator(".profile").wait_for()
    series.take("follow")
    page.locator(".profile .button", has_text=words["follow"]).click()
    page.locator(".bubble").first.wait_for()
    page.locator(".menu-box [data-menu]").click()
    series.take("menu")
    page.locator(".menu button", has_text="茶园手记").click()
    phone.web.get_by_text(words["source"]).wait_for()
    series.take("article")
    phone.web.get_by_text(words["source"]).click()
    phone.told("card", "set")
    series.take("shop")
    phone.web.locator("#buy").click()
    phone.web.locator('body[data-at="home"][data-card="set"]').wait_for()
    phone.web.locator("#buy").click()
    page.locator(".cashier").wait_for()
    series.take("cashier")
    page.click("[data-pay]")
    page.keyboard.type("1234")
    series.take("password")
    page.keyboard.type("56")
    page.locator(".cashier .paid").wait_for()
    series.take("paid")
    page.click("[data-paid]")
    page.locator("#web-title", has_text="订单").wait_for()
    page.click("[data-web=close]")
    page.locator(".letter").wait_for()
    page.wait_for_timeout(4500)
    series.take("message")
    for tab in ("exchanges", "faults", "deliveries"):
        page.click(f"#tab-{tab}")
        series.take(tab)
