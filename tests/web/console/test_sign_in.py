"""Signing in: by name and password, out again; guesses are few, and nobody learns who is there."""

import asyncio
import re

from jishi import staff
from jishi.kernel import MARKET
from tests.staff.scene import SECRET, add, link
from tests.web.console.desk import ask_all, hire, seat, sign_in_form
from tests.web.reader import Reader, change, fields


def test_a_member_signs_in_and_out(reader: Reader, database_url: str, book: int) -> None:
    member = hire(database_url, book, "orders")
    away = reader.get("/console")
    assert away.status_code == 303
    assert away.headers["location"] == "/console/sign-in?back=%2Fconsole"
    answer = reader.post("/console/sign-in", sign_in_form(reader, member.name.upper()))
    assert (answer.status_code, answer.headers["location"]) == (303, "/console")
    given = next(each for each in answer.headers.get_list("set-cookie") if "staff=" in each)
    assert "HttpOnly" in given
    assert "samesite=lax" in given.lower()
    page = reader.get("/console")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "private, no-store"
    assert f"茶铺{book}" in page.text
    token = reader.client.cookies["staff"]
    out = reader.post("/console/sign-out", {"form": fields(page.text)["form"]})
    assert out.headers["location"] == "/console/sign-in"
    reader.client.cookies.set("staff", token)
    assert reader.get("/console").status_code == 303, "a session that was closed opens nothing"


def test_a_wrong_password_and_a_wrong_name_look_the_same(
    reader: Reader, database_url: str, book: int
) -> None:
    member = hire(database_url, book)
    wrong = reader.post("/console/sign-in", sign_in_form(reader, member.name, "not this one"))
    nobody = reader.post("/console/sign-in", sign_in_form(reader, "nobody.here", "not this one"))
    assert (wrong.status_code, nobody.status_code) == (409, 409)
    assert wrong.text.replace(member.name, "") == nobody.text.replace("nobody.here", "")
    assert "登录名或密码不对" in wrong.text
    assert "staff" not in reader.client.cookies


def test_the_sixth_wrong_password_locks_the_name_even_for_the_right_one(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    member = hire(database_url, book)
    for _ in range(5):
        form = sign_in_form(reader, member.name, "guess after guess")
        assert "登录名或密码不对" in reader.post("/console/sign-in", form).text
    form = sign_in_form(reader, member.name)
    locked = reader.post("/console/sign-in", form)
    assert locked.status_code == 409
    assert "先锁住了" in locked.text
    age = "update staff.tries set tried_at = tried_at - interval '16 minutes' where staff_id = $1"
    asyncio.run(change(owner_url, (age, [member.staff_id])))
    assert reader.post("/console/sign-in", form).status_code == 303


def test_the_way_back_leads_nowhere_else(reader: Reader, database_url: str, book: int) -> None:
    member = hire(database_url, book)
    form = {**sign_in_form(reader, member.name), "back": "//evil.example"}
    assert reader.post("/console/sign-in", form).headers["location"] == "/"
    assert reader.get("/console/sign-in?back=/orders").headers["location"] == "/orders"


def test_a_session_that_is_idle_ends(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    member = seat(reader, database_url, book)
    assert reader.get("/console").status_code == 200
    half = "update staff.sessions set ends_at = now() + interval '11 hours' where staff_id = $1"
    asyncio.run(change(owner_url, (half, [member.staff_id])))
    reader.get("/console")
    asyncio.run(
        change(
            owner_url,
            ("update staff.sessions set ends_at = ends_at - interval '11.5 hours' \
              where staff_id = $1", [member.staff_id]),
        )
    )  # fmt: skip
    assert reader.get("/console").status_code == 200, "the use before had prolonged it"
    end = "update staff.sessions set ends_at = now() where staff_id = $1"
    asyncio.run(change(owner_url, (end, [member.staff_id])))
    assert reader.get("/console").status_code == 303


def test_whoever_left_is_out_at_once(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    member = seat(reader, database_url, book)
    gone = "update staff.members set left_at = now() where staff_id = $1"
    asyncio.run(change(owner_url, (gone, [member.staff_id])))
    assert reader.get("/console").status_code == 303
    closed = "update staff.sessions set closed_at = now() where staff_id = $1"
    asyncio.run(change(owner_url, (closed, [member.staff_id])))


def test_odd_cookies_are_nobody(reader: Reader) -> None:
    for odd in ("", "x", "1.2", "0." + "a" * 43, "f" * 16 + "." + "a" * 43):
        reader.client.cookies.set("staff", odd)
        assert reader.get("/console").status_code == 303


def test_a_link_sets_a_password_and_lets_in_once(
    reader: Reader, database_url: str, book: int
) -> None:
    member = add(book, "goods")
    way_in = link(member)
    asyncio.run(ask_all(database_url, member, way_in))
    path = f"/console/welcome/{staff.rules.token(way_in.link_id, SECRET)}"
    page = reader.get(path)
    assert member.name in page.text
    form = fields(page.text)
    for weak, again, said in (
        ("short", "short", "太容易猜"),
        (f"{member.name}-2026", f"{member.name}-2026", "太容易猜"),
        ("correct horse", "correct hors", "不一样"),
    ):
        answer = reader.post(path, {**form, "password": weak, "again": again})
        assert answer.status_code == 409
        assert said in answer.text
    both = {**form, "password": "correct horse", "again": "correct horse"}
    assert reader.post(path, both).headers["location"] == "/console"
    assert reader.get("/console").status_code == 200
    assert "失效" in reader.post(path, both).text
    assert "失效" in reader.get(path).text
    reader.forget()
    form = sign_in_form(reader, member.name, "correct horse")
    assert reader.post("/console/sign-in", form).status_code == 303


def test_an_operator_chooses_his_shop_and_nobody_else_does(
    reader: Reader, database_url: str, book: int
) -> None:
    seat(reader, database_url, MARKET)
    page = reader.get("/console")
    assert "/console/shops" in page.text
    form = {"form": fields(page.text)["form"], "book": str(book), "back": "/console"}
    assert reader.post("/console/shops", form).headers["location"] == "/console"
    assert f"茶铺{book}" in reader.get("/console").text
    kept = reader.client.cookies["works_in"]
    assert re.fullmatch(r"[0-9a-f]+\.[0-9a-f]{32}", kept)
    reader.client.cookies.delete("works_in")
    reader.client.cookies.set("works_in", f"{book + 1:x}.{kept.partition('.')[2]}")
    assert f"茶铺{book}" not in reader.get("/console").text
    assert reader.post("/console/shops", {**form, "book": "7"}).status_code == 404
    reader.forget()
    seat(reader, database_url, book, "owner")
    page = reader.get("/console")
    assert "/console/shops" not in page.text
    assert reader.get("/console/shops").status_code == 404
    form = {**form, "form": fields(page.text)["form"]}
    assert reader.post("/console/shops", form).status_code == 404
