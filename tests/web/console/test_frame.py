"""The frame: who lacks a permission is told the roles; what was done is told once, truly."""

from collections.abc import Iterator
from html import unescape

import pytest
from litestar import Litestar, Response, get, post
from litestar.testing import TestClient

from jishi import web
from jishi.kernel import MARKET, Market
from jishi.pages.words import Words
from jishi.staff.rules import PERMISSIONS
from jishi.web import app as the_app
from jishi.web.asked import Asked
from jishi.web.console.frame import done, show_console
from jishi.web.console.nav import Entry, at, entries
from jishi.web.member import staff_of
from jishi.web.policy import staff
from tests.web.console.desk import seat
from tests.web.reader import Reader, fields


@get("/console/probe", opt=staff("finance"))
async def probe(request: Asked) -> Response[bytes]:
    """Show a page that takes a permission."""
    return show_console(request, "console/shops.html", {"shops": [], "back": "/"})


@post("/console/probe", opt=staff("orders"), status_code=303)
async def act(request: Asked) -> Response[bytes]:
    """Do something, and tell it."""
    return done(request, "/console", f"<b>{staff_of(request).book}</b>", undo_path="/console/undo")


@pytest.fixture
def probed(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """Lend a reader of a market with the two pages above."""
    monkeypatch.setenv("JISHI_SECRET", "a secret of tests, longer than it must be")
    monkeypatch.setattr(the_app, "HANDLERS", (*the_app.HANDLERS, probe, act))
    app: Litestar = web.create(Market(database_url, is_working=False))
    with TestClient(app, base_url="http://market.example") as client:
        yield Reader(client)


def test_who_lacks_a_permission_is_told_which_roles_have_it(
    probed: Reader, database_url: str, book: int
) -> None:
    assert probed.get("/console/probe").status_code == 303
    seat(probed, database_url, book, "orders")
    answer = probed.get("/console/probe")
    assert answer.status_code == 403
    assert "店主 / 财务" in unescape(answer.text)
    seat(probed, database_url, book, "finance")
    assert probed.get("/console/probe").status_code == 200


def test_an_operator_is_first_asked_for_a_shop_where_there_must_be_one(
    probed: Reader, database_url: str
) -> None:
    seat(probed, database_url, MARKET)
    form = {"form": fields(probed.get("/console").text)["form"]}
    answer = probed.post("/console/probe", form)
    assert answer.headers["location"].startswith("/console/shops?back=")
    assert probed.get("/console/probe").status_code == 200, "finance is the market's too"


def test_what_was_done_is_told_once_and_by_us_alone(
    probed: Reader, database_url: str, book: int
) -> None:
    seat(probed, database_url, book, "owner")
    form = {"form": fields(probed.get("/console").text)["form"]}
    assert probed.post("/console/probe", {}).status_code == 403, "a form without its token"
    assert probed.post("/console/probe", form).headers["location"] == "/console"
    cookie = probed.client.cookies["told"]
    page = probed.get("/console").text
    assert f"&lt;b&gt;{book}&lt;" in page
    assert 'action="/console/undo"' in unescape(page)
    assert "&lt;b&gt;" not in probed.get("/console").text
    probed.client.cookies.delete("told")
    probed.client.cookies.set("told", "x" + cookie)
    assert "role=status" not in probed.get("/console").text.replace('"', "")


def test_every_place_takes_a_known_permission_and_the_nearest_is_marked() -> None:
    found = entries(Words("zh-CN"))
    assert all(not each.permission or each.permission in PERMISSIONS for each in found)
    places = [Entry("/console", "a"), Entry("/console/orders", "b")]
    assert at("/console/orders/9", places) == "/console/orders"
    assert at("/console/ordersmore", places) == "/console"
    assert at("/elsewhere", places) == ""


def test_a_policy_names_a_permission_there_is() -> None:
    with pytest.raises(AssertionError, match="ordres"):
        staff("ordres")
