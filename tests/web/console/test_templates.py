"""Templates of the console: Jinja2 renders each page to the same as minijinja."""

import asyncio
from html import unescape
from pathlib import Path

import pytest

from jishi import staff
from jishi.kernel import MARKET
from jishi.pages import LANGUAGES, Engine
from jishi.web.app import TEMPLATES
from jishi.web.console.frame import Flash
from tests.fulfilment.test_send_out import BROUGHT
from tests.money.billing import yesterday
from tests.objections.scene import simulated, verdicts
from tests.shops import sku_of
from tests.staff.scene import SECRET, add, ask, link, new_name
from tests.town.simulations.scene import ask as simulate
from tests.web.console.desk import ask_all, hire, seat, sign_in_form
from tests.web.console.test_after_sale import opened_case
from tests.web.console.test_finance import a_differing_day
from tests.web.console.test_rehearsals import clear as clear_simulations
from tests.web.console.test_rehearsals import rehearsed
from tests.web.console.test_second_step import code, come_in, switch_on
from tests.web.console.test_shipping import a_paid_order
from tests.web.picked_up import waiting
from tests.web.reader import Reader, change, fields
from tests.web.storefront.test_templates import Rendered, by_jinja

FRAMES = ("console/layout.html", "console/questions/frame.html")
EXTENDS = tuple(f'{{% extends "{name}" %}}' for name in ("console/bare.html", *FRAMES))
ROOT = Path(TEMPLATES[1])


def known_by_code(reader: Reader, url: str, book: int) -> None:
    """See what a member with an authenticator sees."""
    member = hire(url, book, "goods")
    come_in(reader, member.name)
    switch_on(reader)
    reader.get("/console/me")
    come_in(reader, member.name)
    reader.get("/console/sign-in/code")
    code(reader, "x")


def visit_books(reader: Reader, url: str, owner_url: str, book: int) -> None:
    """See a statement, a day, and a difference that one of two explained."""
    number = a_differing_day(url, owner_url, book)
    seat(reader, url, book, "finance")
    account = reader.get("/console/finance").text
    reader.get(account.split('<td><a href="')[1].partition('"')[0])
    for path in ("/days", f"/days/{yesterday()}", "/differences", "/differences?of=ended"):
        reader.get(f"/console/finance{path}")
    form = {**fields(reader.get("/console/finance/differences").text), "note": "<b>"}
    for position in (1, 2):
        reader.post(f"/console/finance/differences/{number}/{position}", form)
        reader.get("/console/finance/differences?of=ended")


def bring(reader: Reader, url: str, owner_url: str) -> None:
    """Send an order out, and see it before and afterwards."""
    theirs, order_id, _ = a_paid_order(url, owner_url)
    asyncio.run(change(owner_url, (BROUGHT, [theirs])))
    seat(reader, url, theirs, "owner")
    path = f"/console/same-city/{order_id}"
    reader.get("/console/same-city")
    reader.post(path, {**fields(reader.get(path).text), "name": "<b>", "phone": "13900139000"})
    reader.get(path)


def visit_questions(reader: Reader, url: str, owner_url: str) -> None:
    """See the eight questions before and after they were answered, of both kinds of data."""
    seat(reader, url, MARKET)
    reader.get("/console/questions?before=1")
    reader.get("/console/questions?before=1&of=simulated")
    asyncio.run(ask_all(url, verdicts(), simulated()))
    asyncio.run(ask_all(url, simulate(kind="life")))
    reader.get("/console/questions?of=simulated")
    clear_simulations(owner_url)
    reader.get("/console/questions?of=simulated")
    reader.get("/console/questions/rehearsals")
    reader.get(f"/console/questions/rehearsals/{rehearsed(url, owner_url)}")
    reader.get("/console/questions/rehearsals")
    for path in ("", "/habit", "/ecology", "/moments", "/media"):
        reader.get(f"/console/questions{path}")
        reader.get(f"/console/questions{path}?of=simulated")


def visit_shipping(reader: Reader, url: str, owner_url: str) -> None:
    """See a paid order that is to be sent, and its slip."""
    at, order_id, _ = a_paid_order(url, owner_url)
    seat(reader, url, at, "owner")
    reader.get("/console/shipping")
    token = fields(reader.get(f"/console/shipping/{order_id}").text)["form"]
    reader.post(f"/console/shipping/{order_id}/slip", {"form": token})


def visit_all(reader: Reader, url: str, owner_url: str, book: int) -> None:
    """Read every page of the console in many of its states."""
    reader.get("/console/sign-in")
    reader.post("/console/sign-in", sign_in_form(reader, "<nobody>", "x"))
    member = add(book)
    way_in = link(member)
    asyncio.run(ask_all(url, member, way_in))
    token = staff.rules.token(way_in.link_id, SECRET)
    reader.get(f"/console/welcome/{token}")
    reader.get("/console/welcome/x")
    colleague, left = add(book, "goods"), add(book, "goods")
    gone = ask(staff.EndMembership, staff_id=left.staff_id, works_in=book)
    asyncio.run(ask_all(url, colleague, left, gone))
    seat(reader, url, book, "owner")
    for each in (colleague, left):
        reader.get(f"/console/staff/{each.staff_id}")
    known_by_code(reader, url, book)
    theirs, case = opened_case(url, owner_url, "refund_only", "paid")
    seat(reader, url, theirs, "owner")
    for path in (
        "/console",
        "/console/notices",
        "/console/me",
        "/console/staff",
        "/console/after-sale",
        case,
    ):
        reader.get(path)
    visit_questions(reader, url, owner_url)
    visit_shipping(reader, url, owner_url)
    visit_books(reader, url, owner_url, book)
    its = waiting(reader, url, owner_url, book)
    unpaid = reader.order(book)
    seat(reader, url, book, "orders")
    for path in (its.path, unpaid, f"{unpaid}/address"):
        reader.get(path.replace(f"/shops/shop-{book}", "/console"))
    seat(reader, url, book, "store")
    reader.post("/console/pickup", {**fields(reader.get("/console/pickup").text), "code": its.code})
    for works_in, role in ((book, "owner"), (book, "goods"), (MARKET, "operator")):
        seat(reader, url, works_in, role)
        form = {**fields(reader.get("/console/staff").text), "name": new_name()}
        if role != "goods":
            asked = {**form, "at": "market", "role": "arbiter" if works_in == MARKET else "goods"}
            assert reader.post("/console/staff", asked).status_code == 200
        known = sku_of(book, 1)
        for path in (*PATHS, f"/console/goods/{known}", f"/console/stock/{known}"):
            reader.get(path)


PATHS = (
    "/console", "/console/notices", "/console/me", "/console/me/second-step",
    "/console/settings/freight?place=31", "/console/settings/freight/zones/0",
    "/console/audit", "/console/audit?of=staff&member=%3Cb%3E",
    "/console/staff", "/console/shops",
    "/console/jobs", "/console/goods",
    "/console/goods?tab=draft&q=%3Cb%3E", "/console/goods/new", "/console/goods/files",
    "/console/after-sale", "/console/after-sale?tab=ended", "/console/stores", "/console/stores/1",
    "/console/orders?tab=all",
    "/console/opening",
    "/console/shipping", "/console/shipping/stuck", "/console/same-city",
    "/console/settings/same-city", "/console/settings/same-city?city=4403",
    "/console/settings/payment",
)  # fmt: skip


def test_two_engines_agree_on_every_page_of_the_console(
    reader: Reader, database_url: str, owner_url: str, book: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    render, rendered = Engine.render, list[Rendered]()

    def listen(engine: Engine, language: str, template: str, page: dict[str, object]) -> str:
        html = render(engine, language, template, page)
        rendered.append((language, template, page, html))
        return html

    monkeypatch.setattr(Engine, "render", listen)
    visit_all(reader, database_url, owner_url, book)
    bring(reader, database_url, owner_url)
    told = next(page for _, template, page, _ in rendered if template == "console/today.html")
    lacking = {**told, "roles": ["店主", "<b>"], "flash": Flash("<done>", "/undo")}
    rendered.append(("zh-CN", "console/lacking.html", lacking, ""))
    begun = {**told, "filled": {"shop": "<b>", "address": "a", "store": "", "operator": "&"}}
    rendered.append(("zh-CN", "console/first_run.html", begun, ""))
    ours = [each for each in rendered if each[1].startswith("console/")]
    whole = {
        str(file.relative_to(ROOT)) for file in ROOT.glob("console/**/*.html") if is_page(file)
    }
    assert {template for _, template, _, _ in ours} == whole - {*FRAMES}
    engine = reader.client.app.state["house"].engine
    for _, template, page, _ in ours:
        for language in LANGUAGES:
            again = render(engine, language, template, page)
            assert unescape(again) == unescape(by_jinja(language, template, page)), template


def is_page(file: Path) -> bool:
    """Tell a page from what pages include."""
    text = file.read_text("utf-8")
    return any(each in text for each in EXTENDS)
