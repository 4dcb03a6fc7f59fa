"""Who may come: no forged request is done, no route is without its policy."""

import asyncio
import re

import pytest
from litestar import Litestar, get
from litestar.routes import HTTPRoute

from jishi.money import NOTICES_PATH
from jishi.web.faults import API
from jishi.web.policy import refuse_unguarded
from tests.web.reader import ORDERS, Reader, checkout_path, count

PLACED = "select count(*) from trade.orders where book = $1"


def test_a_form_without_its_token_is_refused(reader: Reader, book: int, owner_url: str) -> None:
    form = reader.checkout(book)
    for token in ("", "x", form["form"][:-1], form["form"].upper() + "0", "\u4e2d"):
        answer = reader.post(ORDERS, {**form, "form": token})
        assert answer.status_code == 403
        assert "页面放得太久" in answer.text
    reader.client.cookies.delete("form")
    assert reader.post(ORDERS, form).status_code == 403
    assert asyncio.run(count(owner_url, PLACED, book)) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://market.example.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_what_another_site_sends_is_refused(
    reader: Reader, book: int, owner_url: str, headers: dict[str, str]
) -> None:
    answer = reader.post(ORDERS, reader.checkout(book), **headers)
    assert answer.status_code == 403
    assert asyncio.run(count(owner_url, PLACED, book)) == 0


def test_only_a_plain_form_is_read(reader: Reader, book: int, owner_url: str) -> None:
    form = reader.checkout(book)
    answer = reader.client.post(ORDERS, json=form, headers={"accept-language": "zh"})
    assert answer.status_code == 403
    assert asyncio.run(count(owner_url, PLACED, book)) == 0


def test_a_huge_form_is_refused(reader: Reader, book: int) -> None:
    form = {**reader.checkout(book), "remark0": "x" * 100_000}
    assert reader.post(ORDERS, form).status_code == 413


def test_every_unsafe_route_asks_for_the_token(reader: Reader) -> None:
    app = reader.client.app
    unsafe = [
        (method, route.path_format, handler.opt["policy"])
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in handler.http_methods - {"GET", "HEAD", "OPTIONS"}
        if not route.path_format.startswith((NOTICES_PATH, API))
    ]
    assert len(unsafe) >= 10
    for method, path, policy in unsafe:
        path = re.sub(r"\{\w+\}", "1", path)  # noqa: PLW2901 - an address of that form
        answer = reader.client.request(method, path, data={"form": "x"}, follow_redirects=False)
        # Whoever is not signed in is sent to sign in, and whoever is not at the machine sees
        # nothing there, before the form is looked at.
        refused = {"staff": 303, "operations": 404}.get(policy, 403)
        assert (path, answer.status_code) == (path, refused)
        assert policy != "staff" or answer.headers["location"].startswith("/console/sign-in")


def test_an_open_form_needs_no_token_but_a_browser_that_says_where_it_came_from(
    reader: Reader, book: int
) -> None:
    path, form = f"/shops/shop-{book}/cart", {
        "product": f"product-{book}-1", "o0": "100克", "quantity": "1",
    }  # fmt: skip
    assert reader.client.post(path, data=form).status_code == 403
    assert reader.post(path, form, origin="http://evil.example").status_code == 403
    crossed = {"sec-fetch-site": "cross-site"}
    assert reader.client.post(path, data=form, headers=crossed).status_code == 403
    assert reader.post(path, form).status_code == 303


def test_a_route_without_a_policy_is_not_built() -> None:
    @get("/open")
    async def open_to_all() -> None: ...

    @get("/odd", opt={"policy": "odd"})
    async def odd() -> None: ...

    app = Litestar([open_to_all, odd], openapi_config=None)
    with pytest.raises(RuntimeError, match=r"\['/odd', '/open'\]"):
        refuse_unguarded(app)


def test_operations_are_for_the_machine(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reader.get("/metrics").status_code == 404
    monkeypatch.setenv("JISHI_OPERATIONS", "open")
    assert reader.get("/metrics").status_code == 200


def test_reading_says_nothing_of_who_reads(reader: Reader, book: int) -> None:
    for path in ("/", f"/shops/shop-{book}/products/product-{book}-1", "/orders", "/nowhere"):
        assert set(reader.get(path).cookies) <= {"visit"}
    assert "form=" in reader.get(checkout_path(book)).headers["set-cookie"]
