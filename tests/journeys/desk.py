"""The merchant at the console, in a browser of his own."""

from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.journeys.whole import Whole

WAIT_MS = 15_000
LOOKS_MAX, LOOKS_A_TURN = 60, 15
WORD = "correct horse battery"
CODE = "91110000600037341L"
PICTURE = Path(__file__).parents[2] / "docs/pictures/storefront.png"


class Desk:
    """The merchant at the console."""

    def __init__(self, browser: Browser, whole: Whole) -> None:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        self.page, self.whole = context.new_page(), whole
        self.page.set_default_timeout(WAIT_MS)

    def open(self, path: str) -> Page:
        """Open a page, signing in again where the session is over."""
        self.page.goto(f"{self.whole.base}{path}")
        if "/sign-in" in self.page.url:
            self.page.fill("[name=name]", "boss")
            self.page.fill("[name=password]", WORD)
            self.page.get_by_role("button", name="登录").click()
            self.page.goto(f"{self.whole.base}{path}")
        return self.page

    def until(self, path: str, words: str) -> Page:
        """Look at a page again until it says so; what the clock does is done in a moment.

        Each process reads the moved clock by itself: what WeChat signed between two readings is
        not believed, and is asked for again at the next turn, half an hour later.
        """
        page = self.open(path)
        for look in range(1, LOOKS_MAX + 1):
            if words in (page.locator("main").text_content() or ""):
                return page
            self.let_go()
            page.wait_for_timeout(1_000)
            if look % LOOKS_A_TURN == 0:
                self.whole.clock.forward(minutes=31)
            self.open(path)
        raise AssertionError(page.locator("main").inner_text())

    def let_go(self) -> None:
        """Let go on what stopped itself because the clock jumped: it was meant to."""
        page = self.open("/console/jobs")
        while page.get_by_role("button", name="继续运行").count():
            page.get_by_role("button", name="继续运行").first.click()
            page.wait_for_url("**/console/jobs")

    def begin(self) -> None:
        """Go through the first run: a shop, an operator, his password."""
        page = self.open("/")
        page.goto(f"{self.whole.base}/first-run")
        page.fill("[name=shop]", "山里茶行")
        page.fill("[name=address]", "tea")
        page.fill("[name=operator]", "boss")
        page.get_by_role("button", name="开始").click()
        page.fill("[name=password]", WORD)
        page.fill("[name=again]", WORD)
        page.get_by_role("button", name="保存并登录").click()
        page.wait_for_url("**/console**")

    def state(self, of: str) -> None:
        """State who stands behind the shop, or the market."""
        form = self.open("/console/opening").locator(f"#{of}")
        form.locator("[name=legal_name]").fill("杭州山里茶业有限公司")
        form.locator("[name=registration]").fill(CODE)
        form.locator("[name=address]").fill("杭州市西湖区文三路 1 号")
        form.locator("[name=phone]").fill("0571-88880000")
        form.get_by_role("button", name="公示").click()
        self.page.get_by_text("主体信息已公示").wait_for()

    def stock(self, title: str, sizes: dict[str, str]) -> str:
        """Put up goods of several sizes with their prices, and give the path of their page."""
        page = self.open("/console/goods/new")
        page.fill("[name=title]", title)
        page.fill("[name=category]", "山货")
        page.fill("[name=option1]", "规格")
        for row, (size, price) in enumerate(sizes.items()):
            page.fill(f"[name='s{row}.o1']", size)
            page.fill(f"[name='s{row}.price']", price)
            page.fill(f"[name='s{row}.on_hand']", "20")
        page.get_by_role("button", name="保存").click()
        page.set_input_files("[name=picture]", PICTURE)
        page.get_by_role("button", name="上传").click()
        page.check("[name=state][value=live]")
        page.get_by_role("button", name="保存").click()
        link = page.locator("a[href*='/products/']", has_text="看店面")
        return link.get_attribute("href") or ""

    def ship(self, number: str) -> None:
        """Send everything that waits, in one parcel of this number."""
        self.open("/console/shipping").locator("td a").first.click()
        self.page.select_option("[name=carrier]", index=1)
        self.page.fill("[name=tracking_number]", number)
        self.page.get_by_role("button", name="发货", exact=True).click()
        self.page.get_by_text(number).first.wait_for()

    def case(self) -> Page:
        """Open the case that waits first."""
        self.open("/console/after-sale").locator("td a").first.click()
        return self.page

    def enter(self, shop: str) -> None:
        """Work in another shop from now on."""
        self.open("/console/shops").get_by_role("button", name=f"进入 {shop}").click()
        self.page.wait_for_url("**/console")

    def hand_out(self, code: str) -> None:
        """Hand out what a code stands for."""
        page = self.open("/console/pickup")
        page.fill("[name=code]", code)
        page.get_by_role("button", name="查看").click()
        page.get_by_role("button", name="已交给买家").click()
        page.get_by_text("已交付").wait_for()
