"""Inside WeChat a person comes to his own page, says what he is called, and is forgotten."""

from playwright.sync_api import Browser, expect

from tests.journeys.test_inside_wechat import (
    browser,
    follow,
    phone_of,
    product,
    till,
)
from tests.web.paying import Till

__all__ = ["browser", "product", "till"]


def test_from_the_tab_to_a_name_and_to_nobody(
    till: Till,
    product: str,
    browser: Browser,
) -> None:
    said: list[str] = []
    person = till.control("POST", "/sandbox/people", name="小禾")["person_id"]
    page = phone_of(browser, till, person, said)
    web = page.frame_locator("#frame iframe")
    follow(page)
    web.get_by_role("link", name="首页").first.click()
    mine = web.get_by_role("link", name="我的", exact=True)
    mine.click()
    web.get_by_role("link", name="改称呼").click()
    web.get_by_label("怎么称呼您").fill("阿禾")
    web.get_by_role("button", name="保存").click()
    web.get_by_role("heading", name="阿禾").wait_for()
    web.get_by_role("link", name="隐私与数据").click()
    web.get_by_role("button", name="同意").first.click()
    web.get_by_text("已同意").first.wait_for()
    web.get_by_role("link", name="去注销").click()
    web.get_by_label("请输入“注销”两个字来确认").fill("注销")
    web.get_by_role("button", name="注销账户").click()
    mine.click()
    expect(web.get_by_role("heading", name="还没有登录")).to_be_visible()
    web.get_by_role("link", name="登录", exact=True).click()
    web.get_by_role("link", name="改称呼").wait_for()
    expect(web.get_by_role("heading", name="阿禾")).to_have_count(0)
    assert product
    assert said == []
