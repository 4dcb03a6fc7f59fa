"""A shopper with the phone in hand: WeChat, and the pages it opens."""

import json

from playwright.sync_api import Browser, FrameLocator, Locator, expect

from tests.journeys.whole import Whole

WAIT_MS = 15_000
PASSWORD = "123456"  # noqa: S105 - of a phone that is played


class Phone:
    """A shopper with the phone in hand."""

    def __init__(self, browser: Browser, whole: Whole, name: str, said: list[str]) -> None:
        person = whole.control("POST", "/sandbox/people", name=name)["person_id"]
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        self.page = page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        page.on("console", lambda message: said.append(f"{message.text} {message.location}"))
        page.on("pageerror", lambda error: said.append(str(error)))
        home = f"http://phone.webview.localhost:{whole.wechat.rpartition(':')[2]}"
        page.goto(f"{home}/phone/people/{person}")
        page.wait_for_selector("body.ready")

    def put_away(self) -> None:
        """Look at it no more: what it asks for just as the clock is moved runs out of time."""
        self.page.context.close()

    @property
    def web(self) -> FrameLocator:
        """Give the page that is open in WeChat."""
        return self.page.frame_locator("#frame iframe")

    def button(self, name: str) -> Locator:
        """Give a button of that page."""
        return self.web.get_by_role("button", name=name, exact=True)

    def follow(self) -> None:
        """Find the account by search, follow it, and tap its menu."""
        page = self.page
        page.click("[aria-label=搜索]")
        page.locator(".search [name=wanted]").fill("集市")
        page.keyboard.press("Enter")
        page.locator(".row", has_text="服务号").first.click()
        page.locator(".profile .button", has_text="关注").click()
        page.locator(".menu button", has_text="逛集市").click()

    def address(self, line: str) -> None:
        """Give an address by pasting it."""
        self.web.locator("textarea[name=pasted]").fill(line)
        self.button("识别").click()
        expect(self.web.locator("[name=recipient]")).not_to_have_value("")
        self.button("保存").click()

    def pay(self) -> None:
        """Pay an order."""
        self.button("去支付").click()
        self.sheet()

    def sheet(self) -> None:
        """Pay by the sheet."""
        self.button("微信支付").click()
        self.page.click("[data-pay]")
        self.page.keyboard.type(PASSWORD)
        self.page.locator(".cashier .paid").wait_for()
        self.page.click("[data-paid]")
        expect(self.web.get_by_role("heading", name="付款成功")).to_be_visible(timeout=WAIT_MS)

    def reload(self) -> None:
        """Look at the page again."""
        self._leave("location.reload()")

    def until(self, words: str) -> None:
        """Look again until the page says so."""
        for _ in range(20):
            if self.web.get_by_text(words).count():
                return
            self.page.wait_for_timeout(500)
            self.reload()
        raise AssertionError(self.web.locator("body").inner_text())

    def go(self, path: str) -> None:
        """Open another page of the market."""
        self._leave(f"location.assign({json.dumps(path)})")

    def _leave(self, how: str) -> None:
        """Leave the page, and wait for the next: what is typed before it came is lost with it."""
        leave = f"html => {{ html.setAttribute('data-left', ''); {how} }}"
        self.web.locator("html").evaluate(leave)
        self.web.locator("html:not([data-left]) h1").first.wait_for()

    def hears(self, title: str, words: str) -> None:
        """See, in the chat under the open page, the message that the account sent."""
        message = self.page.locator(".letter", has_text=title).filter(has_text=words)
        message.first.wait_for(state="attached")
