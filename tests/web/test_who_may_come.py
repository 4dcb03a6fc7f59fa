"""Every route, found by itself, against whoever may not come: nothing is shown, nothing changes."""

import asyncio
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from litestar.routes import HTTPRoute

from jishi.kernel import MARKET, new_id
from jishi.staff import rules
from tests.shops import seed_shops
from tests.web.console.desk import seat
from tests.web.reader import Reader, count, fields

EVENTS = "select count(*) from kernel.events where $1::bigint is not null"
KNOWN = {"public", "visitor", "operations", "platform", "api", "staff"}
OWNED = {"order", "purchase", "case"}
"""What a visitor's address names and one buyer alone may see."""


class Route(NamedTuple):
    """A way to ask, and who may."""

    method: str
    path: str
    policy: str
    permission: str
    has_files: bool


def routes(reader: Reader) -> Iterator[Route]:
    """Find every route of the application."""
    for route in reader.client.app.routes:
        assert isinstance(route, HTTPRoute)
        for handler in route.route_handlers:
            for method in map(str, handler.http_methods - {"OPTIONS"}):
                opt = handler.opt
                yield Route(
                    method, route.path_format, opt["policy"], opt.get("permission", ""),
                    opt.get("form") == "files",
                )  # fmt: skip


def filled(path: str, order: str) -> str:
    """Put into a route's path what is there, and belongs to somebody else."""
    _, shop, _, public_id = order.strip("/").split("/")
    given = {
        "shop": shop,
        "order": public_id,
        "product_id": "1",
        "sku_id": "1",
        "staff_id": "1",
        "position": "1",
        "session_id": "1",
        "shown": "1",
        "order_id": "1",
        "store_id": "2",
        "parcel": "1",
        "version": "1",
        "book": "2",
        "statement": "1",
        "number": "1",
        "day": "a-day-is-nobodys",
        "question": "a-question-is-nobodys",
    }
    parts = path.strip("/").split("/")
    names = [part[1:-1] if part.startswith("{") else "" for part in parts]
    pairs = zip(parts, names, strict=True)
    return "/" + "/".join(given.get(name, public_id) if name else part for part, name in pairs)


def ask(reader: Reader, route: Route, path: str, form: dict[str, str]) -> tuple[int, str]:
    """Ask as a browser would: status, and where it is sent."""
    if route.method == "GET":
        answer = reader.get(path)
    else:
        headers = {"origin": "http://market.example", "accept-language": "zh-CN"}
        answer = reader.client.request(
            route.method, path, data=form, headers=headers, follow_redirects=False,
            files={"nothing": ("", b"")} if route.has_files else None,
        )  # fmt: skip
    return answer.status_code, answer.headers.get("location", "")


def events(owner_url: str) -> int:
    """Count all that ever happened."""
    return asyncio.run(count(owner_url, EVENTS, 0))


def test_every_route_is_of_a_policy_that_is_tried_here(reader: Reader) -> None:
    found = list(routes(reader))
    assert {each.policy for each in found} == KNOWN
    assert len(found) > 40
    assert all(each.permission in ("", *rules.PERMISSIONS) for each in found)


def test_a_guest_and_another_buyer_see_and_change_no_order_of_somebody_else(
    reader: Reader, owner_url: str, book: int
) -> None:
    order = reader.order(book)
    owned = [
        each for each in routes(reader)
        if each.policy == "visitor" and any(f"{{{name}}}" in each.path for name in OWNED)
    ]  # fmt: skip
    assert len(owned) >= 6
    assert reader.get(order).status_code == 200, "whoever placed it sees it"
    reader.forget()
    form = {"form": fields(reader.get("/language").text)["form"], "way": "native"}
    for who in ("guest", "buyer"):
        if who == "buyer":
            reader.order(book)
            form = {**form, "form": fields(reader.get("/language").text)["form"]}
        before = events(owner_url)
        for each in owned:
            status, _ = ask(reader, each, filled(each.path, order), form)
            assert (who, each, status) == (who, each, 404)
        assert events(owner_url) == before


def test_no_guest_and_no_buyer_enters_the_console(
    reader: Reader, owner_url: str, book: int
) -> None:
    order = reader.order(book)
    form = {"form": fields(reader.get("/language").text)["form"]}
    before = events(owner_url)
    inside = [each for each in routes(reader) if each.policy == "staff"]
    assert {each.path for each in routes(reader) if each.path.startswith("/console")} - {
        each.path for each in inside
    } == {"/console/sign-in", "/console/sign-in/code", "/console/welcome/{link}"}
    for each in inside:
        status, to = ask(reader, each, filled(each.path, order), form)
        assert (each, status) == (each, 303)
        assert to.startswith("/console/sign-in?back=")
    assert events(owner_url) == before


@pytest.mark.parametrize("works_in_the_market", [False, True])
def test_no_role_comes_where_it_has_no_permission(
    reader: Reader, database_url: str, owner_url: str, book: int, works_in_the_market: bool
) -> None:
    order = reader.order(book)
    place = MARKET if works_in_the_market else book
    for role, permitted in rules.roles_at(place).items():
        reader.forget()
        seat(reader, database_url, place, role)
        form = {"form": fields(reader.get("/console").text)["form"]}
        before = events(owner_url)
        for each in routes(reader):
            if each.policy == "staff" and each.permission and each.permission not in permitted:
                status, _ = ask(reader, each, filled(each.path, order), form)
                assert (role, each, status) == (role, each, 403)
        assert events(owner_url) == before


def test_another_shops_staff_reach_nothing_by_its_address(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    order = reader.order(book)
    other = new_id() >> 20
    asyncio.run(seed_shops(owner_url, other))
    reader.forget()
    seat(reader, database_url, other, "owner")
    form = {"form": fields(reader.get("/console").text)["form"]}
    before = events(owner_url)
    for each in routes(reader):
        if each.policy == "staff" and "{" in each.path:
            status, _ = ask(reader, each, filled(each.path, order), form)
            assert (each, status in {403, 404}) == (each, True)
    assert events(owner_url) == before


def test_no_program_without_a_key_and_nobody_from_outside_comes_in(
    reader: Reader, owner_url: str, book: int
) -> None:
    order = reader.order(book)
    form = {"form": fields(reader.get("/language").text)["form"]}
    before = events(owner_url)
    expected = {"api": {401}, "operations": {404}, "platform": {400, 401, 403, 404, 503}}
    for each in routes(reader):
        if each.policy in expected:
            status, _ = ask(reader, each, filled(each.path, order), form)
            assert (each, status in expected[each.policy]) == (each, True), status
    assert events(owner_url) == before
