"""Staff in a real browser: a link sets the password, the console is read on a desk and a phone."""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page

from jishi import staff
from jishi.kernel import MARKET, new_id
from tests.conftest import opened
from tests.journeys.test_shopping import WIDER, phone
from tests.site import Site
from tests.staff.scene import new_name

CONTRAST = """() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (c) => c.slice(0, 3).map(v => v / 255)
    .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const over = (top, under) => { const a = top[3] ?? 1;
    return top.slice(0, 3).map((v, i) => v * a + under[i] * (1 - a)); };
  const back = (e) => e ? over(rgb(getComputedStyle(e).backgroundColor),
    back(e.parentElement)) : [255, 255, 255];
  return [...document.querySelectorAll('body *')].filter(e => e.getClientRects().length
      && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
      && !e.closest('.away, svg')).filter(e => {
    const under = back(e), ink = over(rgb(getComputedStyle(e).color), under);
    const [high, low] = [light(ink), light(under)].sort((a, b) => b - a);
    return (high + .05) / (low + .05) < 4.5;
  }).map(e => e.outerHTML.slice(0, 100));
}"""


def invite(site: Site) -> tuple[str, str]:
    """Add an operator, and give his name and his link."""
    name, staff_id, link_id, secret = new_name(), new_id(), new_id(), secrets.token_urlsafe(32)

    async def scene() -> None:
        async with opened(site.owner_url) as market:
            await market.ask(
                staff.AddMember(
                    key=uuid4(), book=MARKET, actor_id=0, staff_id=staff_id, works_in=MARKET,
                    name=name, roles=("operator",),
                )
            )  # fmt: skip
            await market.ask(
                staff.IssueLink(
                    key=uuid4(), book=MARKET, actor_id=0, staff_id=staff_id, works_in=MARKET,
                    link_id=link_id, digest=staff.rules.digest(secret),
                )
            )  # fmt: skip

    with ThreadPoolExecutor(1) as beside:
        # Playwright's loop runs in this thread.
        beside.submit(asyncio.run, scene()).result()
    return name, f"{site.base}/console/welcome/{staff.rules.token(link_id, secret)}"


def come_in(page: Page, site: Site, link: str) -> None:
    """Set the password that the link is for."""
    page.goto(link)
    page.locator("input[name=password]").fill("correct horse battery")
    page.locator("input[name=again]").fill("correct horse battery")
    page.locator("main button").click()
    page.wait_for_url(f"{site.base}/console")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize("width", [1280, 390])
def test_staff_come_in_and_look_around(
    browser: Browser, site: Site, tmp_path: Path, width: int, locale: str, scheme: str
) -> None:
    name, link = invite(site)
    size = {"width": width, "height": 844}
    with phone(
        browser, site, viewport=size, locale=locale, color_scheme=scheme,
        java_script_enabled=True,
    ) as page:  # fmt: skip
        come_in(page, site, link)
        for path in ("/console", "/console/shops", "/console/jobs", "/console#nav"):
            page.goto(site.base + path)
            assert page.evaluate(WIDER) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(CONTRAST) == [], path
            shot = path.replace("/", "-").replace("#", "-")
            page.screenshot(path=tmp_path / f"{width}-{locale}-{scheme}{shot}.png")
        page.goto(f"{site.base}/console")
        assert page.locator(".side").is_visible() is (width == 1280)
        if width != 1280:
            page.locator(".menu").click()
        page.locator(".side button").click()
        page.wait_for_url("**/console/sign-in")
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=tmp_path / f"{width}-{locale}-{scheme}-sign-in.png")
        page.locator("input[name=name]").fill(name)
        page.locator("input[name=password]").fill("correct horse battery")
        page.keyboard.press("Enter")
        page.wait_for_url("**/console")


def test_without_scripts_the_console_is_the_same(browser: Browser, site: Site) -> None:
    _, link = invite(site)
    with phone(browser, site, java_script_enabled=False) as page:
        come_in(page, site, link)
        page.locator(".menu").click()
        assert page.locator(".side").is_visible()
        page.locator(".close").click()
        assert not page.locator(".side").is_visible()
