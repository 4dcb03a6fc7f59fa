"""The unmodified JS-SDK in a real browser, over the bridge: what it is told, and what it does."""

from pathlib import Path

import pytest

from tests.sandbox.phone.conftest import Lend, Phone, Stage
from tests.sandbox.phone.shop import drawn

PICTURE = Path(__file__).parents[3] / "jishi" / "sample" / "pictures" / "straw-hat.webp"


@pytest.fixture
def someone(stage: Stage, lend: Lend) -> Phone:
    """Lend a phone in the hand of somebody new."""
    return lend(stage.person("阿青"))


@pytest.fixture
def workshop(someone: Phone, stage: Stage) -> Phone:
    """Lend a phone on which the page that tries everything is open and signed."""
    someone.open(f"{stage.shop}/workshop")
    someone.web.locator("#state", has_text="ready").wait_for()
    return someone


def test_a_signed_page_is_ready_and_sets_its_card(someone: Phone, stage: Stage) -> None:
    web = someone.open(f"{stage.shop}/")
    someone.told("ready", "yes")
    someone.told("card", "set")
    told = web.locator("body").evaluate("() => [navigator.userAgent, typeof wx.config]")
    assert "MicroMessenger/8.0" in told[0]
    assert told[1] == "function"
    assert web.locator("body").get_attribute("data-error") is None


def test_a_badly_signed_page_hears_why_and_is_ready_all_the_same(
    someone: Phone, stage: Stage
) -> None:
    web = someone.open(f"{stage.shop}/?bad")
    someone.told("ready", "yes")
    assert web.locator("body").get_attribute("data-error") == "config:invalid signature"
    someone.told("card", "ShareData:fail, the permission value is offline verifying")
    someone.page.click("#tab-calls")
    call = someone.page.locator(".call.bad", has_text="wx.config").first
    assert "invalid signature" in call.inner_text()
    call.locator("summary").click()
    assert "jsapi_ticket=" in call.locator(".signed").inner_text()


def test_a_card_that_leads_elsewhere_is_refused(someone: Phone, stage: Stage) -> None:
    someone.open(f"{stage.shop}/?far")
    someone.told("card", "ShareData:link must be in js secure domain list")


def test_a_page_learns_where_one_is_when_one_allows_it(workshop: Phone) -> None:
    workshop.web.locator("#place").click()
    workshop.page.click("[data-answer=cancel]")
    workshop.log("getLocation:cancel")
    workshop.web.locator("#place").click()
    workshop.page.click("[data-answer=ok]")
    assert '"latitude":22.5431,"longitude":114.0579' in workshop.log("getLocation:ok")


def test_a_page_is_given_the_address_that_one_allows(workshop: Phone) -> None:
    workshop.web.locator("#address").click()
    workshop.page.click("[data-answer=ok]")
    heard = workshop.log("openAddress:ok")
    assert '"userName":"阿青"' in heard
    assert '"cityName":"深圳"' in heard


def test_a_page_scans_a_picture_a_text_or_nothing(workshop: Phone, tmp_path: Path) -> None:
    code = tmp_path / "code.png"
    code.write_bytes(drawn("三杯吐然诺"))
    workshop.web.locator("#scan").click()
    workshop.page.set_input_files("[data-scan-file]", code)
    workshop.log('"resultStr":"三杯吐然诺"')
    workshop.web.locator("#scan").click()
    workshop.page.locator(".sheets [name=text]").fill("五岳倒为轻")
    workshop.page.keyboard.press("Enter")
    workshop.log('"resultStr":"五岳倒为轻"')
    workshop.web.locator("#scan").click()
    workshop.page.locator(".sheets .scan").wait_for()
    workshop.page.keyboard.press("Escape")
    workshop.log("scanQRCode:cancel")


def test_a_page_hides_parts_of_the_menu_or_all_of_it(workshop: Phone) -> None:
    page = workshop.page
    workshop.web.locator("#hide").click()
    workshop.log("hideMenuItems:ok")
    page.click("[data-web=more]")
    page.locator("[data-share=friend]").wait_for()
    assert not page.locator("[data-share=timeline]").is_visible()
    assert not page.locator("[data-web=copy]").is_visible()
    page.keyboard.press("Escape")
    workshop.web.locator("#hideall").click()
    page.locator("#strip", has_text="hideOptionMenu").wait_for()
    page.click("[data-web=more]")
    page.locator(".more .cancel").wait_for()
    assert not page.locator("[data-share=friend]").is_visible()


def test_a_page_asks_only_for_what_it_listed(workshop: Phone) -> None:
    workshop.web.locator("#unasked").click()
    workshop.log("openLocation:permission denied")
    workshop.web.locator("#check").click()
    workshop.log('"checkResult":{"startRecord":false,"chooseWXPay":true}')
    workshop.web.locator("#network").click()
    workshop.log('"errMsg":"getNetworkType:ok","networkType":"wifi"')


def test_a_chosen_picture_is_seen_and_uploaded(workshop: Phone, stage: Stage) -> None:
    workshop.web.locator("#choose").click()
    workshop.page.set_input_files("[data-pictures]", PICTURE)
    workshop.log("chooseImage:ok")
    wide = workshop.web.locator("#chosen").evaluate("each => each.decode().then(() => each.width)")
    assert wide > 0
    workshop.web.locator("#upload").click()
    heard = workshop.log("uploadImage:ok")
    media_id = heard.partition('"serverId":"')[2].partition('"')[0]
    shown = workshop.page.request.get(f"{stage.base}/mmbiz/{media_id}")
    assert shown.body() == PICTURE.read_bytes()


def test_a_picture_shown_large_is_searched_for_a_code(workshop: Phone, stage: Stage) -> None:
    page = workshop.page
    workshop.web.locator("#preview").click()
    page.locator(".viewer-more").first.click()
    page.locator(".actions button", has_text="识别图中的二维码").click()
    page.locator("#web-title", has_text="明前龙井").wait_for()
    assert workshop.web.locator("body").evaluate("() => location.search") == "?from=poster"
    assert stage.shop


def test_a_notice_is_asked_for_by_a_tap(workshop: Phone, stage: Stage) -> None:
    workshop.web.locator("#notice").click()
    assert "发货通知" in workshop.page.locator(".notices").inner_text()
    workshop.page.locator(".notices .button", has_text="允许").click()
    assert stage.facts()["notice"] in workshop.log("subscribe:ok")
    workshop.log("accept")
    workshop.web.locator("#notice").click()
    workshop.page.click("[data-refuse]")
    workshop.log("reject")


def test_a_page_closes_itself(workshop: Phone) -> None:
    workshop.web.locator("#close").click()
    workshop.page.locator("#webview").wait_for(state="hidden")


def test_a_way_out_of_the_sandbox_is_shown_as_such(workshop: Phone) -> None:
    workshop.web.locator("#away").click()
    workshop.page.locator("#web-title", has_text="沙箱外的网页").wait_for()
    assert "https://example.com/somewhere?a=1" in workshop.web.locator("body").inner_text()
    workshop.page.click("[data-web=back]")
    workshop.page.locator("#web-title", has_text="工具间").wait_for()
    workshop.page.click("[data-web=back]")
    workshop.page.locator("#webview").wait_for(state="hidden")


def test_the_old_share_interface_still_works(workshop: Phone, stage: Stage) -> None:
    page = workshop.page
    workshop.web.locator("#oldshare").click()
    workshop.log("ready to share")
    page.click("[data-web=more]")
    page.click("[data-share=friend]")
    assert "旧的分享" in page.locator("#share-preview").inner_text()
    page.locator("[data-share-person]").first.click()
    workshop.log("sendAppMessage:ok")
    assert stage.shop


def test_another_windows_messages_are_not_heard(someone: Phone, stage: Stage) -> None:
    someone.open(f"{stage.shop}/")
    someone.told("ready", "yes")
    someone.page.evaluate(
        "() => window.postMessage({wechat: 'invoke', name: 'closeWindow', call: 1,"
        " asked: {from: 'another window'}, href: location.href}, '*')"
    )
    someone.web.locator("body").evaluate(
        "() => new Promise(done => { const inner = document.createElement('iframe');"
        " inner.srcdoc = \"<script>parent.parent.postMessage({wechat: 'invoke', call: 1,"
        " asked: {from: 'another window'}, name: 'closeWindow', href: 'x'}, '*')</scr\" + \"ipt>\";"
        " inner.onload = done; document.body.append(inner); })"
    )
    someone.page.wait_for_timeout(300)
    assert someone.page.locator("#webview").is_visible()
    assert someone.calls()
    assert someone.page.locator(".call", has_text="another window").count() == 0
