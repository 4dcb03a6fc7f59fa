"""The cashier on the phone: paying, changing one's mind, a wrong password, an empty purse."""

import pytest

from tests.sandbox.phone.conftest import Lend, Phone, Stage


@pytest.fixture
def payer(stage: Stage, lend: Lend) -> Phone:
    """Lend a phone whose holder is known to the shop and is about to pay."""
    phone = lend(stage.person("阿禾"))
    phone.open(f"{stage.shop}/")
    phone.told("ready", "yes")
    phone.web.locator("#buy").click()
    phone.web.locator('body[data-at="home"][data-card="set"]').wait_for()
    phone.web.locator("#buy").click()
    phone.page.wait_for_selector(".cashier")
    return phone


def balance(phone: Phone) -> int:
    """Give what is in the purse."""
    known = phone.stage.ask("GET", "/sandbox/credentials")["people"]
    return int(next(each["balance_fen"] for each in known if each["person_id"] == phone.person))


def test_six_digits_pay_and_the_page_hears_it(payer: Phone) -> None:
    page = payer.page
    assert "128" in page.locator(".cashier .total").first.inner_text()
    assert "明前龙井" in page.locator(".cashier .what").inner_text()
    page.click("[data-pay]")
    for digit in "12345":
        page.click(f"[data-digit='{digit}']")
    page.click("[data-digit='-']")
    page.keyboard.type("56")
    page.locator(".cashier .paid").wait_for()
    page.click("[data-paid]")
    page.locator("#web-title", has_text="订单").wait_for()
    assert balance(payer) == 100_000_000 - 12_800


def test_whoever_changes_his_mind_pays_nothing(payer: Phone) -> None:
    payer.page.click("[data-dismiss]")
    payer.told("paid", "cancel")
    assert balance(payer) == 100_000_000


def test_a_wrong_password_is_said_and_may_be_corrected(payer: Phone) -> None:
    page = payer.page
    page.click("[data-pay]")
    page.keyboard.type("111111")
    page.locator("#why-not", has_text="支付密码错误").wait_for()
    assert page.locator(".dots i.on").count() == 0
    page.keyboard.type("123456")
    page.locator(".cashier .paid").wait_for()


def test_an_empty_purse_pays_nothing(payer: Phone) -> None:
    payer.stage.ask("PUT", f"/sandbox/people/{payer.person}", {"balance_fen": 1})
    payer.page.click("[data-pay]")
    payer.page.keyboard.type("123456")
    payer.page.locator("#why-not", has_text="零钱不够").wait_for()
    payer.page.keyboard.press("Escape")
    payer.told("paid", "cancel")
    assert balance(payer) == 1


def test_a_code_is_scanned_and_paid_and_then_is_over(stage: Stage, lend: Lend) -> None:
    code = stage.facts()["code_url"]
    phone = lend(stage.person("阿谷"), locale="en-US", color_scheme="dark")
    page = phone.page
    page.click("[data-go$='/scan']")
    page.locator(".scan [name=text]").fill(code)
    page.keyboard.press("Enter")
    page.click("[data-pay]")
    page.keyboard.type("123456")
    page.locator(".paid", has_text="Paid").wait_for()
    page.click("[data-paid]")
    page.locator(".scan [name=text]").fill(code)
    page.keyboard.press("Enter")
    page.locator(".sheet", has_text="paid already").wait_for()
    assert balance(phone) == 100_000_000 - 12_800


def test_a_transfer_is_confirmed_on_the_phone(payer: Phone, stage: Stage) -> None:
    payer.page.click("[data-dismiss]")
    payer.open(f"{stage.shop}/workshop")
    payer.web.locator("#state", has_text="ready").wait_for()
    payer.web.locator("#transfer").click()
    payer.page.locator(".sheet .total").wait_for()
    assert "8" in payer.page.locator(".sheet .total").inner_text()
    payer.page.click("[data-answer=ok]")
    payer.log("requestMerchantTransfer:ok")
    stage.ask("POST", "/sandbox/clock", {"advance_seconds": 60})
    assert balance(payer) == 100_000_000 + 880
