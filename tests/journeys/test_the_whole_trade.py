"""The whole trade in a browser: from an empty market to money settled, nothing behind its back."""

import re
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.chromium import chromium, flags
from tests.journeys.desk import Desk
from tests.journeys.phone import Phone
from tests.journeys.whole import Whole, a_whole_market

WAIT_MS = 15_000
LINE = "张三 13800138000 浙江省杭州市西湖区文三路 100 号"


def test_from_an_empty_market_to_settled_money(tmp_path: Path) -> None:
    with a_whole_market() as whole, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=flags())
        trade(whole, browser, tmp_path)
        browser.close()


def trade(whole: Whole, browser: Browser, pictures: Path) -> None:
    """Open two shops, sell by parcel, by pickup and without scripts, then let the books close."""
    said: list[str] = []
    desk = Desk(browser, whole)
    desk.begin()
    desk.state("licence")
    desk.state("markets")
    tea = desk.stock("明前龙井", {"50克": "68.00", "100克": "128.00"})
    whole.menu(f"{whole.base}{tea}")
    opened = whole.command("init", "海边鱼铺", "--address", "fish", "--operator", "boss")
    assert opened.returncode == 0, opened.stdout + opened.stderr
    first = Phone(browser, whole, "阿禾", said)
    a_parcel_and_a_return(desk, first, pictures)
    desk.enter("海边鱼铺")
    fish = desk.stock("晒干的小黄鱼", {"250克": "39.90"})
    second = Phone(browser, whole, "阿松", said)
    two_shops_and_pickup(desk, second, tea, fish)
    without_scripts(desk, browser, fish)
    first.put_away()
    second.put_away()
    assert said == []
    whole.clock.forward(days=8)
    for _ in range(2):
        whole.clock.forward(minutes=31)
    desk.enter("海边鱼铺")
    see_the_books(desk, "¥79.32", "2\t¥79.80\t¥0.00\t¥0.48\t一分不差")
    desk.enter("山里茶行")
    see_the_books(desk, "¥194.82", "3\t¥324.00\t¥128.00\t¥1.18\t一分不差")
    see_the_statement(desk, whole, "¥194.82")
    desk.enter("山里茶行")
    open_to_all(desk)
    checked = whole.command("verify", "--allow-empty")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def a_parcel_and_a_return(desk: Desk, phone: Phone, pictures: Path) -> None:
    """Follow, choose, pay by the sheet, get the parcel; send one of two back."""
    phone.follow()
    phone.web.get_by_role("radio", name="100克").check()
    phone.web.locator("#quantity").fill("2")
    phone.button("立即购买").click()
    phone.web.get_by_role("link", name=re.compile("新增收货地址|登录后寄到家")).click()
    phone.address(LINE)
    phone.button("提交订单").click()
    phone.pay()
    phone.page.screenshot(path=pictures / "paid.png")
    phone.web.get_by_role("link", name="查看订单").click()
    phone.hears("订单支付成功通知", "256.00元")
    desk.ship("SF1234567890123")
    phone.hears("订单发货通知", "SF1234567890123")
    phone.until("SF1234567890123")
    phone.button("确认收货").click()
    phone.web.get_by_role("heading", name="已收货").wait_for()
    phone.web.get_by_role("link", name=re.compile("申请售后")).first.click()
    phone.web.locator("[name=kind][value=return_and_refund]").check()
    phone.web.locator("[name=reason]").select_option("no_reason")
    phone.web.locator("[name=quantity]").fill("1")
    phone.button("提交申请").click()
    phone.web.get_by_role("heading", name="等待商家处理").wait_for()
    page = desk.case()
    page.get_by_role("button", name="同意", exact=True).click()
    phone.until("快递单号")
    phone.web.locator("[name=carrier]").fill("顺丰")
    phone.web.locator("[name=tracking_number]").fill("SF0987654321")
    phone.web.locator("form", has=phone.web.locator("[name=carrier]")).locator("button").click()
    phone.web.get_by_role("heading", name="等待商家收货").wait_for()
    page = desk.case()
    page.fill("[name=good]", "1")
    page.get_by_role("button", name="已收到").click()
    phone.until("退款已到账")
    phone.hears("退款成功通知", "128.00元")
    phone.page.screenshot(path=pictures / "refunded.png")


def two_shops_and_pickup(desk: Desk, phone: Phone, tea: str, fish: str) -> None:
    """Fill a cart from two shops, pay once, and collect both."""
    phone.follow()
    for path in (tea, fish):
        phone.go(path)
        phone.web.locator("#buy").wait_for()
        phone.web.get_by_role("radio").first.check()
        phone.button("加入购物车").click()
        phone.web.get_by_text("已放进购物车").wait_for()
    phone.go("/cart")
    phone.web.get_by_role("button", name=re.compile("结算")).click()
    phone.button("提交订单").click()
    phone.web.get_by_role("heading", name="2 张订单").wait_for()
    phone.web.get_by_role("button", name=re.compile("一起付款")).click()
    phone.sheet()
    for _ in range(2):
        phone.until("待取货")
        phone.web.locator("a.sheet.line", has_text="待取货").first.click()
        phone.web.get_by_role("img", name="提货二维码").wait_for()
        desk.enter(phone.web.locator("dt:has-text('商家') + dd").inner_text())
        desk.hand_out(phone.web.locator("p.spoken").inner_text())
        phone.until("已收货")
        phone.web.get_by_role("link", name="同一次购买的订单").click()
        phone.web.get_by_role("heading", name="2 张订单").wait_for()


def without_scripts(desk: Desk, browser: Browser, path: str) -> None:
    """Buy, pay by a code and collect, with a browser that runs no script."""
    whole = desk.whole
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", java_script_enabled=False
    )
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto(f"{whole.base}{path}")
    page.get_by_role("button", name="立即购买").click()
    page.get_by_role("button", name="提交订单").click()
    page.get_by_role("button", name="去支付").click()
    page.get_by_role("img", name="付款二维码").wait_for()
    newest = whole.control("GET", "/sandbox/orders")["orders"][0]
    assert newest["trade_type"] == "NATIVE"
    assert whole.control("POST", "/sandbox/payments", prepay_id=newest["prepay_id"])["is_paid"]
    expect(page.get_by_role("heading", name="付款成功")).to_be_visible(timeout=WAIT_MS)
    page.get_by_role("link", name="查看订单").click()
    desk.enter("海边鱼铺")
    desk.hand_out(page.locator("p.spoken").inner_text())
    page.reload()
    page.get_by_role("heading", name="已收货").wait_for()
    context.close()


def see_the_books(desk: Desk, held: str, day: str) -> None:
    """See the orders settled, every day compared, and nothing that differs."""
    desk.until("/console/finance", f"已结算，未出账单{held}")
    expect(desk.page.locator("main")).to_contain_text("未结算的货款¥0.00")
    page = desk.until("/console/finance/days", day.split("\t")[1])
    rows = page.locator("tbody tr").all_inner_texts()
    assert all(row.endswith("一分不差") for row in rows), rows
    # Whether the day before the first is compared too depends on the hour of the run.
    assert [row.split("\t", 1)[1] for row in rows if "¥0.00\t¥0.00\t¥0.00" not in row] == [day]
    expect(desk.open("/console/finance/differences").locator("main")).to_contain_text("没有差异")


def see_the_statement(desk: Desk, whole: Whole, held: str) -> None:
    """See, in the first days of the next month, what the shop has, and each order of it."""
    whole.clock.to_next_month()
    # Each process reads the clock once a second: what ran between two of them runs again.
    whole.clock.forward(hours=13)
    page = desk.until("/console/finance", "账单截至")
    expect(page.locator("tbody tr")).to_contain_text(held)
    page.locator("tbody tr a").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    with page.expect_download() as kept:
        page.get_by_role("link", name="下载明细").click()
    table = Path(kept.value.path()).read_text("utf-8-sig").splitlines()
    assert table[-1].endswith(held.removeprefix("¥"))


def open_to_all(desk: Desk) -> None:
    """Open the shop at its gate: all of the list is done."""
    page = desk.open("/console/opening")
    page.get_by_role("button", name="开业", exact=True).click()
    page.get_by_text("开业了，所有人都能找到。").wait_for()
