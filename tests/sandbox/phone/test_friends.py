"""People among themselves: following, talking, sharing, Moments, and what the other one sees."""

from pathlib import Path

import pytest
from playwright.sync_api import Route

from tests.sandbox.phone.conftest import Lend, Phone, Stage
from tests.sandbox.phone.serving import WELCOME
from tests.sandbox.phone.shop import drawn


def follow(phone: Phone) -> None:
    """Find the account by search and follow it."""
    page = phone.page
    page.click("[aria-label=搜索]")
    page.locator(".search [name=wanted]").fill("集市")
    page.keyboard.press("Enter")
    page.locator(".row", has_text="服务号").first.click()
    page.locator(".profile .button", has_text="关注").click()
    page.locator(".bubble", has_text=WELCOME[:8]).wait_for()


def test_an_account_is_followed_talked_to_and_left(
    stage: Stage, lend: Lend, tmp_path: Path
) -> None:
    phone = lend(stage.person("阿树"))
    page = phone.page
    follow(phone)
    page.locator(".menu button", has_text="今天天气").click()
    page.locator(".bubble", has_text="山上有雾").wait_for()
    page.locator("[data-toggle=is-typing]").last.click()
    page.locator(".typing [name=text]").last.fill("有红茶吗")
    page.keyboard.press("Enter")
    page.locator(".line:not(.mine)", has_text="收到：有红茶吗").wait_for()
    page.locator("[data-toggle=is-adding]").last.click()
    page.locator("[data-send-place]").last.click()
    page.locator(".line.mine .place", has_text="深圳").wait_for()
    dot = tmp_path / "dot.png"
    dot.write_bytes(drawn("."))
    page.set_input_files(".screen:last-child [data-send-photo]", dot)
    page.locator(".line.mine .photo img").wait_for()
    page.locator("[aria-label=账号资料]").last.click()
    page.locator(".profile .button", has_text="不再关注").click()
    page.locator(".profile .button", has_text="关注").wait_for()
    for _ in range(3):
        page.locator(".screen:last-child [data-back]").click()
        page.wait_for_timeout(350)
    assert page.locator(".chat", has_text="集市").count() == 0


@pytest.mark.parametrize("way", ["menu", "chat"])
def test_an_article_leads_to_the_shop(stage: Stage, lend: Lend, way: str) -> None:
    phone = lend(stage.person("阿麦"))
    page = phone.page
    follow(phone)
    if way == "menu":
        page.locator(".menu button", has_text="茶园手记").click()
    else:
        page.locator("[aria-label=账号资料]").last.click()
        page.locator(".article", has_text="上山采茶").click()
    page.locator("#web-title", has_text="上山采茶").wait_for()
    # The link moves down as the picture above it comes, even from under a finger.
    phone.web.locator("img.cover").evaluate("picture => picture.decode()")
    phone.web.get_by_text("阅读原文").click()
    phone.told("ready", "yes")


def test_a_link_goes_through_a_group_to_another_person(stage: Stage, lend: Lend) -> None:
    one, other = stage.person("阿桃"), stage.person("阿李")
    sharer, friend = lend(one), lend(other)
    stage.ask("POST", "/sandbox/rooms", {"person_ids": [one, other, 1], "name": "果园"})
    sharer.open(f"{stage.shop}/")
    sharer.told("card", "set")
    page = sharer.page
    page.click("[data-web=more]")
    page.click("[data-share=friend]")
    preview = page.locator("#share-preview")
    assert "明前龙井 250 克" in preview.inner_text()
    page.locator("[data-share-room]", has_text="果园").click()
    page.locator("#toast", has_text="已发送").wait_for()
    seen = friend.page
    seen.locator("#banner", has_text="[链接] 明前龙井 250 克").wait_for()
    seen.locator("#banner").click()
    card = seen.locator(".link-card", has_text="明前采，手工炒")
    card.wait_for()
    card.click()
    friend.told("ready", "yes")
    place = friend.web.locator("body").evaluate("() => location.href")
    assert place.startswith(f"http://p{other}--127-0-0-1--")
    assert place.endswith("/?from=share")


def test_a_poster_in_moments_leads_to_the_shop(stage: Stage, lend: Lend) -> None:
    one, other = stage.person("阿杏"), stage.person("阿梅")
    sharer, friend = lend(one), lend(other)
    sharer.open(f"{stage.shop}/poster")
    sharer.web.locator("#poster").click(button="right")
    sharer.page.locator(".actions button", has_text="分享到朋友圈").click()
    sharer.page.fill("#moment-text", "扫码看茶")
    sharer.page.locator("[data-moment] .button").click()
    sharer.page.locator("#toast", has_text="已发表").wait_for()
    seen = friend.page
    seen.click("[data-root=discover]")
    seen.locator(".cell", has_text="朋友圈").click()
    moment = seen.locator(".moment", has_text="扫码看茶").first
    moment.locator(".photo").click()
    seen.locator(".viewer-more").click()
    seen.locator(".actions button", has_text="识别图中的二维码").click()
    friend.told("ready", "yes")
    assert friend.web.locator("body").evaluate("() => location.search") == "?from=poster"


def test_moments_carry_words_cards_and_likes(stage: Stage, lend: Lend) -> None:
    one, other = stage.person("阿兰"), stage.person("阿竹")
    sharer = lend(one)
    sharer.open(f"{stage.shop}/")
    sharer.told("card", "set")
    sharer.page.click("[data-web=more]")
    sharer.page.click("[data-share=timeline]")
    sharer.page.fill("#moment-text", "今年的新茶，真香")
    sharer.page.locator("[data-moment] .button").click()
    friend = lend(other)
    friend.page.click("[data-root=discover]")
    friend.page.locator(".cell", has_text="朋友圈").click()
    moment = friend.page.locator(".moment", has_text="阿兰").first
    assert "明前龙井，今年的新茶" in moment.inner_text()
    moment.locator(".like").click()
    friend.page.locator(".likers", has_text="阿竹").wait_for()
    moment.locator(".moment-card").click()
    friend.told("ready", "yes")


def test_what_is_said_while_a_phone_opens_is_not_missed(stage: Stage, lend: Lend) -> None:
    one, other = stage.person("阿芸"), stage.person("阿岚")
    phone, asked = lend(one), list[str]()

    def say_first(route: Route) -> None:
        if not asked:
            room = stage.ask("POST", "/sandbox/rooms", {"person_ids": [one, other]})["room_id"]
            body = {"person_id": other, "kind": "text", "content": {"text": "在吗"}}
            stage.ask("POST", f"/sandbox/rooms/{room}/messages", body)
        asked.append(route.request.url)
        route.continue_()

    phone.page.goto("about:blank")
    phone.page.route("**/news", say_first)
    phone.page.goto(f"{stage.home}/phone/people/{one}")
    phone.page.locator(".chat", has_text="阿岚").wait_for()


def test_a_bare_link_is_passed_on_bare(stage: Stage, lend: Lend) -> None:
    one, other = stage.person("阿菊"), stage.person("阿松")
    phone = lend(one)
    room = stage.ask("POST", "/sandbox/rooms", {"person_ids": [one, other]})["room_id"]
    body = {"person_id": other, "kind": "text", "content": {"text": f"看这个 {stage.shop}/ 好看"}}
    stage.ask("POST", f"/sandbox/rooms/{room}/messages", body)
    phone.page.locator(".chat", has_text="阿松").click()
    phone.page.locator(".bubble .link").click()
    phone.told("card", "set")
    phone.page.click("[data-web=more]")
    phone.page.click("[data-share=friend]")
    preview = phone.page.locator("#share-preview")
    assert preview.inner_text().strip() == "明前龙井"
    assert preview.locator("img").count() == 0


def test_somebody_new_joins_and_opens_pages_as_snapshots(stage: Stage, lend: Lend) -> None:
    phone = lend(stage.person("阿云"))
    page = phone.page
    page.click(".who.new")
    page.fill("#new-name", "新来的人")
    page.locator(".faces-choice label").nth(2).click()
    page.select_option("#new-city", label="成都")
    page.locator(".sheet .button").click()
    page.wait_for_selector("body.ready[data-name=新来的人]")
    page.click("[data-root=me]")
    page.locator(".card-me", has_text="成都").wait_for()
    page.locator(".switch").click()
    page.wait_for_selector("body.ready[data-snapshot]")
    phone.person = int(page.locator("body").get_attribute("data-person") or 0)
    phone.open(f"{stage.shop}/login")
    page.locator("#snapshot").wait_for()
    phone.told("ready", "yes")
    assert "snapshot=1" in phone.web.locator("body").evaluate("() => document.cookie")
    page.locator("[data-web=full]").click()
    page.locator("#snapshot").wait_for(state="hidden")


def test_a_page_asks_who_one_is_and_is_allowed(stage: Stage, lend: Lend) -> None:
    phone = lend(stage.person("阿月"))
    phone.open(f"{stage.shop}/login")
    phone.web.get_by_role("button", name="允许").click()
    phone.told("ready", "yes")
    place = phone.web.locator("body").evaluate("() => location.search")
    assert place == "?at=home"
