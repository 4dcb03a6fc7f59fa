"""A member's own page: his password takes the old one, his other browsers end when he says."""

import re

from tests.web.console.desk import PASSWORD, hire, seat, sign_in_form
from tests.web.reader import Reader, fields

NEW = "wooden table lamp"


def come_in(reader: Reader, name: str, password: str = PASSWORD) -> int:
    """Sign in by the form, as a new browser."""
    reader.forget()
    return reader.post("/console/sign-in", sign_in_form(reader, name, password)).status_code


def change(reader: Reader, old: str, new: str, again: str | None = None) -> tuple[int, str]:
    """Send the form that changes the password."""
    form = fields(reader.get("/console/me").text)
    asked = {**form, "old": old, "password": new, "again": new if again is None else again}
    answer = reader.post("/console/me/password", asked)
    return answer.status_code, answer.text


def test_a_password_is_changed_by_whoever_knows_the_old_one(
    reader: Reader, database_url: str, book: int
) -> None:
    member = hire(database_url, book, "goods")
    assert come_in(reader, member.name) == 303
    elsewhere = dict(reader.client.cookies)
    assert come_in(reader, member.name) == 303
    assert change(reader, "wrong password", NEW)[0] == 409
    assert change(reader, PASSWORD, NEW, "other")[0] == 409
    assert change(reader, PASSWORD, "short")[0] == 409
    assert change(reader, PASSWORD, NEW)[0] == 303
    assert reader.get("/console/me").status_code == 200, "this browser stays"
    reader.client.cookies.clear()
    for name, value in elsewhere.items():
        reader.client.cookies.set(name, value)
    assert reader.get("/console/me").status_code == 303, "the other one is out"
    assert come_in(reader, member.name) == 409
    assert come_in(reader, member.name, NEW) == 303


def test_guesses_of_the_old_password_are_few(reader: Reader, database_url: str, book: int) -> None:
    member = hire(database_url, book, "goods")
    assert come_in(reader, member.name) == 303
    said = [change(reader, "wrong password", NEW)[1] for _ in range(6)]
    assert ["试错太多次" in each for each in said] == [False] * 5 + [True]
    assert "试错太多次" in change(reader, PASSWORD, NEW)[1]


def test_sessions_end_one_by_one_and_all_together(
    reader: Reader, database_url: str, book: int
) -> None:
    member = hire(database_url, book, "goods")
    for _ in range(4):
        assert come_in(reader, member.name) == 303
    page = reader.get("/console/me").text
    ends = re.findall(r'action="(/console/me/sessions/\d+/end)"', page)
    assert len(ends) == 3
    form = {"form": fields(page)["form"]}
    assert reader.post(ends[0], form).status_code == 303
    assert reader.post(ends[0], form).status_code == 404
    assert reader.get("/console/me").text.count("让它退出") == 2
    assert reader.post("/console/me/sessions/end", form).status_code == 303
    assert "让它退出" not in reader.get("/console/me").text
    seat(reader, database_url, book, "goods")
    assert reader.post(ends[1], form).status_code in {403, 404}
