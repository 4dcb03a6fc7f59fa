"""After the password a code: once each, few tries, and no way around it."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from jishi.web.console import second_step
from tests.web.console.desk import PASSWORD, hire, seat, sign_in_form
from tests.web.reader import Reader, fields

PAGE = "/console/me/second-step"


def come_in(reader: Reader, name: str) -> str:
    """Show the password, as a new browser; give where that leads."""
    reader.forget()
    answer = reader.post("/console/sign-in", sign_in_form(reader, name, PASSWORD))
    return str(answer.headers["location"])


def switch_on(reader: Reader) -> tuple[str, list[str]]:
    """Set an authenticator: give its secret, and the recovery codes."""
    page = reader.get(PAGE).text
    assert "<svg" in page
    form = fields(page)
    secret = form["secret"]
    wrong = reader.post(PAGE, {**form, "code": "000000"})
    assert wrong.status_code == 409
    assert fields(wrong.text)["secret"] == secret
    answer = reader.post(PAGE, {**form, "code": pyotp.TOTP(secret).now()})
    codes = re.findall(r"<code>([0-9a-f]{20})</code>", answer.text)
    assert len(codes) == 10
    assert codes[0] not in reader.get(PAGE).text, "shown once"
    return secret, codes


def code(reader: Reader, given: str) -> int:
    """Show a code; 303 lets in."""
    page = reader.get("/console/sign-in/code")
    form = fields(page.text) if page.status_code == 200 else {}
    return reader.post("/console/sign-in/code", {**form, "code": given}).status_code


def later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """Let the clock that looks at codes be ahead."""

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Ahead":
            assert tz is UTC
            return cls.fromtimestamp(datetime.now(UTC).timestamp() + seconds, UTC)

    monkeypatch.setattr(second_step, "datetime", Ahead)


def test_a_password_alone_lets_nobody_in_and_a_code_once(
    reader: Reader, database_url: str, book: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = hire(database_url, book, "goods")
    assert come_in(reader, member.name) == "/console"
    secret, codes = switch_on(reader)
    assert come_in(reader, member.name).startswith("/console/sign-in/code")
    assert reader.get("/console").status_code == 303, "half in is out"
    assert reader.get(PAGE).status_code == 303
    used = pyotp.TOTP(secret).now()
    assert code(reader, used) == 409, "the code that set it is used up"
    later(monkeypatch, 60)
    fresh = pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=60))
    assert code(reader, fresh) == 303
    assert reader.get("/console").status_code == 200
    come_in(reader, member.name)
    assert code(reader, fresh) == 409, "a code seen over the shoulder is worth nothing"
    assert code(reader, codes[0].upper()) == 303
    come_in(reader, member.name)
    assert code(reader, codes[0]) == 409
    assert code(reader, codes[1]) == 303
    assert "还有 8 个备用码" in reader.get(PAGE).text


def test_guesses_are_few_and_forged_halves_are_nobody(
    reader: Reader, database_url: str, book: int
) -> None:
    member = hire(database_url, book, "goods")
    come_in(reader, member.name)
    _, codes = switch_on(reader)
    come_in(reader, member.name)
    assert [code(reader, "000000") for _ in range(5)] == [409] * 5
    assert code(reader, codes[0]) == 409, "locked, even for a right one"
    reader.forget()
    for forged in ("1.1.ffffffff.x", "x", f"{member.staff_id:x}.1.ffffffffff.{'0' * 32}"):
        reader.client.cookies.set(second_step.HALF, forged)
        page = reader.get("/console/sign-in/code")
        assert page.status_code == 303
        assert page.headers["location"].startswith("/console/sign-in?")


def test_a_new_password_by_link_is_no_way_around(
    reader: Reader, database_url: str, book: int
) -> None:
    member = hire(database_url, book, "goods")
    come_in(reader, member.name)
    switch_on(reader)
    seat(reader, database_url, book, "owner")
    path = f"/console/staff/{member.staff_id}"
    page = reader.post(f"{path}/link", fields(reader.get(path).text)).text
    link = re.search(
        r"(/console/welcome/[0-9a-f]+\.[A-Za-z0-9_-]{43})", page.replace("&#x2f;", "/")
    )
    assert link
    reader.forget()
    form = {**fields(reader.get(link[1]).text), "password": PASSWORD, "again": PASSWORD}
    answer = reader.post(link[1], form)
    assert answer.headers["location"].startswith("/console/sign-in/code")
    assert reader.get("/console").status_code == 303
    seat(reader, database_url, book, "owner")
    form = fields(reader.get(path).text)
    assert reader.post(f"{path}/second-step/end", form).status_code == 303
    assert come_in(reader, member.name) == "/console"


def test_a_member_switches_it_off_with_his_password(
    reader: Reader, database_url: str, book: int
) -> None:
    member = hire(database_url, book, "goods")
    come_in(reader, member.name)
    switch_on(reader)
    form = {"form": fields(reader.get(PAGE).text)["form"]}
    assert reader.post(f"{PAGE}/end", {**form, "old": "wrong password"}).status_code == 409
    assert reader.post(f"{PAGE}/end", {**form, "old": PASSWORD}).status_code == 303
    assert come_in(reader, member.name) == "/console"


def test_where_it_is_required_nothing_else_is_open_before(
    reader: Reader, database_url: str, book: int
) -> None:
    seat(reader, database_url, book, "owner")
    form = fields(reader.get("/console/staff").text)
    required = {**form, "required": "yes"}
    assert reader.post("/console/staff/second-step", required).status_code == 303
    for path in ("/console", "/console/goods", "/console/staff", "/console/me"):
        answer = reader.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    assert reader.post("/console/staff/second-step", form).headers["location"] == PAGE
    assert "店主要求每个人" in reader.get(PAGE).text
    switch_on(reader)
    assert reader.get("/console").status_code == 200
    assert "1 位开启了" in reader.get("/console/staff").text
