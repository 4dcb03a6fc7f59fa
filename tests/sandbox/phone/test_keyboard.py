"""The page for everybody: names on all controls, a keyboard's way, nothing pushed off its place."""

import pytest
from playwright.sync_api import Route

from tests.sandbox.phone.conftest import Lend, Phone, Stage

NAMELESS = """() => [...document.querySelectorAll('button, a[href], input, select, textarea')]
  .filter(e => e.type !== 'hidden' && !e.closest('[hidden]'))
  .filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || e.title
    || [...(e.labels ?? [])].some(label => label.textContent.trim() || label.title)))
  .map(e => e.outerHTML.slice(0, 120))"""
WIDER = """() => [...document.querySelectorAll('.screen:last-child, .sheet, .panel-body, .rail')]
  .filter(e => e.scrollWidth > e.clientWidth + 1)
  .map(e => e.className + ' ' + e.scrollWidth + ' > ' + e.clientWidth)"""
CUT = """() => [...document.querySelectorAll('.screen:last-child .button, .panel .button, .bar h2')]
  .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 120))"""
SHEETS = ("person", "group", "moment", "more", "share", "complaint", "allow?what=place")
TABS = ("calls", "exchanges", "faults", "clock", "deliveries", "credentials")


def visit(phone: Phone) -> list[str]:
    """Look at every screen, sheet and tab; give what is wrong with any."""
    page, found = phone.page, list[str]()

    def look(where: str) -> None:
        page.wait_for_timeout(120)
        for check in (NAMELESS, WIDER, CUT):
            found.extend(f"{where}: {each}" for each in page.evaluate(check))

    for root in ("chats", "contacts", "discover", "me"):
        page.locator(f".tabs [data-root={root}]").click()
        page.wait_for_selector(f"[data-root-name={root}]")
        look(root)
    for tab in TABS:
        page.click(f"#tab-{tab}")
        page.wait_for_selector(f"#tab-{tab}[aria-selected=true]")
        look(tab)
    for sheet in SHEETS:
        page.evaluate(
            "address => { const open = document.createElement('button');"
            " open.dataset.sheet = address; document.body.append(open); open.click();"
            " open.remove(); }",
            f"/phone/people/{phone.person}/sheets/{sheet}",
        )
        page.wait_for_selector(".sheet")
        look(sheet)
        page.keyboard.press("Escape")
        page.wait_for_selector(".sheet", state="detached")
    return found


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1440, 900)])
def test_every_control_has_a_name_and_fits_its_place(
    stage: Stage, lend: Lend, locale: str, width: int, height: int
) -> None:
    size = {"width": width, "height": height}
    phone = lend(stage.person("阿名"), locale=locale, viewport=size)
    assert visit(phone) == []
    whole = phone.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert whole[0] <= whole[1]


def test_a_friend_is_written_to_by_keyboard_alone(stage: Stage, lend: Lend) -> None:
    one, other = stage.person("阿键"), stage.person("阿盘")
    room = stage.ask("POST", "/sandbox/rooms", {"person_ids": [one, other]})["room_id"]
    page = lend(one).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到手机"
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.chat')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".talk")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name === 'text'"):
            break
    page.keyboard.type("只用键盘")
    page.keyboard.press("Enter")
    page.locator(".line.mine", has_text="只用键盘").wait_for()
    heard = stage.ask("GET", f"/sandbox/rooms/{room}/messages")["messages"]
    assert heard[0]["content"] == {"text": "只用键盘"}


def test_a_sheet_keeps_the_focus_and_gives_it_back(stage: Stage, lend: Lend) -> None:
    page = lend(stage.person("阿焦")).page
    page.focus("[aria-label=发起群聊]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#group-name")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('#sheets') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "发起群聊"


def test_tabs_are_chosen_with_arrows(stage: Stage, lend: Lend) -> None:
    page = lend(stage.person("阿签")).page
    page.focus("#tab-calls")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#tab-exchanges[aria-selected=true]")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("#tab-credentials[aria-selected=true]")
    assert page.evaluate("document.activeElement.id") == "tab-credentials"


def test_of_two_tabs_the_last_chosen_stays(stage: Stage, lend: Lend) -> None:
    page = lend(stage.person("阿序")).page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/phone/panel/exchanges", hold)
    page.click("#tab-exchanges")
    page.click("#tab-faults")
    page.wait_for_selector("#tab-faults[aria-selected=true]")
    with page.expect_response("**/phone/panel/exchanges"):
        held[0].continue_()
    page.wait_for_timeout(100)
    assert page.get_attribute("#tab-faults", "aria-selected") == "true"


def test_a_fault_is_armed_strikes_and_is_taken_off(stage: Stage, lend: Lend) -> None:
    page = lend(stage.person("阿障"), locale="en-US").page
    page.click("#tab-faults")
    page.get_by_label("Exceed a quota").check()
    page.fill("#times", "3")
    page.fill("#percent", "40")
    page.fill("#operation", "/nowhere")
    page.locator(".arming .button").click()
    armed = page.locator(".armed-one", has_text="Exceed a quota")
    armed.wait_for()
    assert "3 more times · 40%" in armed.inner_text()
    known = stage.ask("GET", "/sandbox/faults")["faults"]
    assert [(each["times_left"], each["percent"], each["operation"]) for each in known] == [
        (3, 40, "/nowhere")
    ]
    armed.locator("[aria-label=Disarm]").click()
    armed.wait_for(state="detached")
    assert stage.ask("GET", "/sandbox/faults")["faults"] == []


def test_the_clock_is_wound_by_a_button(stage: Stage, lend: Lend) -> None:
    page = lend(stage.person("阿时")).page
    before = stage.ask("GET", "/sandbox/clock")["ahead_seconds"]
    page.click("#tab-clock")
    page.locator(".winds button", has_text="1 小时").click()
    page.locator("#big-clock", has_text="比真实时间快").wait_for()
    after = stage.ask("GET", "/sandbox/clock")["ahead_seconds"]
    assert 3_600 <= after - before <= 3_605
