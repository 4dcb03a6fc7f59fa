"""The staff page: an owner invites, changes, lets back in, ends; nobody reaches above himself."""

import re
from html import unescape

from jishi.kernel import MARKET
from tests.staff.scene import new_name
from tests.web.console.desk import PASSWORD, hire, seat, sign_in_form
from tests.web.reader import Reader, fields, words

LINK = re.compile(r"http://[^\"]+(/console/welcome/[0-9a-f]+\.[A-Za-z0-9_-]{43})")


def invited(reader: Reader, *roles: str, **other: str) -> tuple[str, str]:
    """Invite somebody: give his name, and the page that answers."""
    name = new_name()
    form = {**fields(reader.get("/console/staff").text), "name": name, **other}
    answer = reader.post("/console/staff", {**form, "role": list(roles)})  # type: ignore[dict-item] # a list of checkboxes
    return name, unescape(answer.text)


def test_an_owner_invites_and_the_link_is_shown_once(
    reader: Reader, database_url: str, book: int
) -> None:
    seat(reader, database_url, book, "owner")
    name, page = invited(reader, "goods", "orders")
    link = LINK.search(page)
    assert link
    roster = reader.get("/console/staff").text
    assert name in roster
    assert "已邀请" in roster
    assert not LINK.search(unescape(roster))
    reader.forget()
    form = {**fields(reader.get(link[1]).text), "password": PASSWORD, "again": PASSWORD}
    assert reader.post(link[1], form).status_code == 303
    page = reader.get("/console").text
    assert "/console/goods" in unescape(page)
    assert "/console/staff" not in unescape(page)
    assert reader.get("/console/staff").status_code == 403


def test_an_owner_changes_roles_sends_a_new_link_and_ends(
    reader: Reader, database_url: str, book: int
) -> None:
    other = hire(database_url, book, "goods")
    seat(reader, database_url, book, "owner")
    path = f"/console/staff/{other.staff_id}"
    form = fields(reader.get(path).text)
    assert reader.post(f"{path}/roles", {**form, "role": "finance"}).status_code == 303
    assert "财务" in words(reader.get(path).text)
    assert LINK.search(unescape(reader.post(f"{path}/link", form).text))
    form = fields(reader.get(path).text)
    assert reader.post(f"{path}/end", form).status_code == 303
    assert "已经停用" in reader.get(path).text
    reader.forget()
    answer = reader.post("/console/sign-in", sign_in_form(reader, other.name))
    assert answer.status_code == 409


def test_the_last_owner_is_told_that_he_stays(reader: Reader, database_url: str, book: int) -> None:
    me = seat(reader, database_url, book, "owner")
    path = f"/console/staff/{me.staff_id}"
    form = fields(reader.get(path).text)
    answer = reader.post(f"{path}/end", form)
    assert answer.status_code == 409
    assert "最后一位店主" in answer.text
    answer = reader.post(f"{path}/roles", {**form, "role": "goods"})
    assert (answer.status_code, "最后一位店主" in answer.text) == (409, True)


def test_an_owner_offers_no_role_of_the_market_and_finds_no_operator(
    reader: Reader, database_url: str, book: int
) -> None:
    operator = hire(database_url, MARKET, "operator")
    seat(reader, database_url, book, "owner")
    assert 'value="operator"' not in reader.get("/console/staff?at=market").text
    assert reader.get(f"/console/staff/{operator.staff_id}").status_code == 404
    _, page = invited(reader, "operator", at="market")
    assert "没有选择角色" in page


def test_an_operator_keeps_the_staff_of_the_market(reader: Reader, database_url: str) -> None:
    seat(reader, database_url, MARKET, "operator")
    page = reader.get("/console/staff?at=market").text
    assert 'value="arbiter"' in page
    assert page.count('action="/console/staff/second-step"') == 1
    name, _ = invited(reader, "arbiter", at="market")
    assert name in reader.get("/console/staff?at=market").text
    reader.language = "en"
    assert "Invite somebody" in reader.get("/console/staff").text
