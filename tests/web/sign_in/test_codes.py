"""Outside WeChat a code proves who it is; nobody is told whether a number is known."""

import asyncio
import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from jishi import people
from jishi.kernel import new_id
from jishi.web.person import PERSON
from tests.web.person import prove, sign_in
from tests.web.reader import Reader, change, count, fields, words

BROWSER = "Mozilla/5.0 (X11; Linux)"
AGO = """
    update people.codes set asked_at = asked_at - $1::interval, used_at = used_at - $1::interval
"""
CODES = "select count(*) from people.codes where $1::bigint is not null"


@pytest.fixture(autouse=True)
def outside(reader: Reader, owner_url: str) -> None:
    """Be outside WeChat, where nobody asked for a code yet."""
    reader.client.headers["user-agent"] = BROWSER
    forget = ("delete from people.askings where $1::bigint is not null", [0])
    asyncio.run(change(owner_url, forget))


def phone() -> str:
    """Make a phone up."""
    return f"139{new_id() % 10**8:08}"


def sent(wechat: str, to: str) -> list[Any]:
    """Read what came to a phone or a mailbox."""
    found = httpx.get(f"{wechat}/sandbox/messages", params={"to": to}).json()
    return list(found["messages"])


def asked(reader: Reader, name: str, back: str = "/orders") -> httpx.Response:
    """Ask for a code on the page."""
    form = fields(reader.get(f"/sign-in?back={quote(back, safe='')}").text)
    return reader.post("/sign-in/codes", {**form, "name": name})


def given(reader: Reader, code: str, back: str = "/orders") -> httpx.Response:
    """Give a code on the page that asks for it."""
    form = fields(reader.get(f"/sign-in/code?back={quote(back, safe='')}").text)
    return reader.post("/sign-in/code", {**form, "code": code})


def code_in(wechat: str, to: str) -> str:
    """Read the newest code."""
    found = re.search(r"[0-9]{6}", sent(wechat, to)[0]["words"])
    assert found is not None
    return found[0]


def wrong(code: str) -> str:
    """Give another code."""
    return f"{(int(code) + 1) % 10**6:06}"


def enter(reader: Reader, wechat: str, name: str, to: str) -> httpx.Response:
    """Sign in by a code."""
    answer = asked(reader, name)
    assert answer.status_code == 303, words(answer.text)
    return given(reader, code_in(wechat, to))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("kind", ["phone", "email"])
def test_a_guest_becomes_a_person_on_every_device(
    reader: Reader, wechat: str, owner_url: str, book: int, kind: str, language: str
) -> None:
    reader.language = language
    number = phone()
    name, to = (f" +86 {number} ", f"+86{number}") if kind == "phone" else (
        f"Tea{number}@B.Example", f"tea{number}@b.example"
    )  # fmt: skip
    order = reader.order(book)
    answer = enter(reader, wechat, name, to)
    assert answer.headers["location"] == "/orders"
    assert reader.get(order).status_code == 200
    assert "visitor" not in reader.client.cookies
    assert "***" in reader.get("/sign-in").text
    assert ("Jishi" in sent(wechat, to)[0]["words"]) == (language == "en")
    reader.forget()
    assert reader.get(order).status_code == 404
    asyncio.run(change(owner_url, (AGO, [timedelta(seconds=61)])))
    enter(reader, wechat, name, to)
    assert reader.get(order).status_code == 200


def test_a_phone_stands_in_no_address_and_no_page_but_its_own(reader: Reader, wechat: str) -> None:
    number = phone()
    answer = asked(reader, number)
    assert number not in answer.headers["location"]
    assert number not in str(answer.headers.get_list("set-cookie"))
    page = reader.get("/sign-in/code")
    assert page.headers["cache-control"] == "private, no-store"
    assert f"{number[:3]}****{number[-4:]}" in page.text
    reader.forget()
    assert reader.get("/sign-in/code").headers["location"] == "/sign-in?back=%2F"
    assert wechat


def test_a_wrong_code_signs_nobody_in_and_five_end_it(reader: Reader, wechat: str) -> None:
    number = phone()
    asked(reader, number)
    code = code_in(wechat, f"+86{number}")
    for _ in range(5):
        answer = given(reader, wrong(code))
        assert answer.status_code == 409
        assert "验证码不对" in answer.text
    answer = given(reader, code)
    assert "试的次数太多了" in answer.text
    assert PERSON not in reader.client.cookies


def test_what_is_no_code_costs_no_try(reader: Reader, wechat: str) -> None:
    number = phone()
    asked(reader, number)
    for bad in ("", "12345", "1234567", "abcdef", "１２３", "12345\x00"):
        assert given(reader, bad).status_code == 409
    code = code_in(wechat, f"+86{number}")
    wide = "".join(chr(ord(each) + 0xFEE0) for each in code)
    assert given(reader, f" {wide} ").status_code == 303, "full-width digits are digits"


def test_a_code_serves_once(reader: Reader, wechat: str) -> None:
    number = phone()
    asked(reader, number)
    claim, code = reader.client.cookies["claim"], code_in(wechat, f"+86{number}")
    assert given(reader, code).status_code == 303
    reader.forget()
    reader.client.cookies.set("claim", claim, domain="market.example")
    answer = given(reader, code)
    assert answer.status_code == 409
    assert "已经失效" in answer.text
    assert PERSON not in reader.client.cookies


def test_a_code_of_yesterday_is_over(reader: Reader, wechat: str, owner_url: str) -> None:
    number = phone()
    asked(reader, number)
    asyncio.run(change(owner_url, (AGO, [timedelta(minutes=10)])))
    assert "已经失效" in given(reader, code_in(wechat, f"+86{number}")).text


def test_another_browser_that_knows_the_code_alone_signs_nobody_in(
    reader: Reader, wechat: str
) -> None:
    number = phone()
    asked(reader, number)
    code = code_in(wechat, f"+86{number}")
    reader.forget()
    form = fields(reader.get("/sign-in").text)
    answer = reader.post("/sign-in/code", {"form": form["form"], "back": "/", "code": code})
    assert answer.status_code == 409
    asked(reader, phone())
    assert "验证码不对" in given(reader, code).text, "nor for another number"


def test_nobody_is_told_whether_a_number_is_known(reader: Reader, wechat: str) -> None:
    known, unknown = phone(), phone()
    prove(reader, sign_in(reader), people.Proved("phone", f"+86{known}"))
    pages = []
    for number in (known, unknown):
        reader.forget()
        answer = asked(reader, number)
        shown = reader.get(answer.headers["location"]).text.replace(number, "N")
        pages.append((answer.status_code, answer.headers["location"],
                      words(shown).replace(f"{number[:3]}****{number[-4:]}", "N")))  # fmt: skip
        assert len(sent(wechat, f"+86{number}")) == 1
    assert pages[0] == pages[1]


def test_a_second_tap_asks_for_the_code_that_was_sent(
    reader: Reader, wechat: str, owner_url: str
) -> None:
    number = phone()
    asked(reader, number)
    before = asyncio.run(count(owner_url, CODES, 0))
    answer = asked(reader, number)
    assert answer.status_code == 409
    assert "刚刚已经发过验证码" in answer.text
    assert asyncio.run(count(owner_url, CODES, 0)) == before
    assert len(sent(wechat, f"+86{number}")) == 1
    form = fields(answer.text)
    code = code_in(wechat, f"+86{number}")
    assert reader.post("/sign-in/code", {**form, "code": code}).status_code == 303


BAD = ("", "12345", "12900000000", "a@b", "a b@c.example", "x@y.example\r\nBcc: z@y.example", "@",
       "\x00", "+8613900000", "x" * 400)  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_nothing_can_be_sent_to_is_said(reader: Reader, owner_url: str, name: str) -> None:
    before = asyncio.run(count(owner_url, CODES, 0))
    answer = asked(reader, name)
    assert answer.status_code == 409
    assert "请填手机号或邮箱" in answer.text
    assert asyncio.run(count(owner_url, CODES, 0)) == before


def test_from_one_place_only_so_many_are_asked_for(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody writes himself before the proxy's word changes nothing."""
    most, hour = people.rules.ASKINGS_MAX[0]
    monkeypatch.setattr(people.rules, "ASKINGS_MAX", ((3, hour),))
    form = fields(reader.get("/sign-in").text)
    answers = [
        reader.post(
            "/sign-in/codes", {**form, "name": phone()},
            **{"x-forwarded-for": f"198.51.100.{number}, 203.0.113.9"},
        ).status_code
        for number in range(4)
    ]  # fmt: skip
    assert answers == [303, 303, 303, 409]
    elsewhere = reader.post(
        "/sign-in/codes", {**form, "name": phone()}, **{"x-forwarded-for": "203.0.113.10"}
    )
    assert elsewhere.status_code == 303
    assert most > 3


def test_a_person_is_known_by_a_phone_more_and_by_nobody_elses(reader: Reader, wechat: str) -> None:
    mine, others = phone(), phone()
    stranger = sign_in(reader)
    prove(reader, stranger, people.Proved("phone", f"+86{others}"))
    reader.forget()
    person = sign_in(reader)
    assert enter(reader, wechat, mine, f"+86{mine}").status_code == 303
    assert f"{mine[:3]}****{mine[-4:]}" in reader.get("/sign-in").text
    assert int(reader.client.cookies[PERSON].partition(".")[0], 16) == person
    refused = enter(reader, wechat, others, f"+86{others}")
    assert refused.status_code == 409
    assert "已经属于另一个账户" in refused.text
    assert int(reader.client.cookies[PERSON].partition(".")[0], 16) == person


def test_no_way_back_leads_elsewhere(reader: Reader, wechat: str) -> None:
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example"):
        reader.forget()
        number = phone()
        answer = asked(reader, number, back=elsewhere)
        assert answer.headers["location"] == "/sign-in/code?back=%2F"
        form = fields(reader.get("/sign-in/code").text)
        code = code_in(wechat, f"+86{number}")
        last = reader.post("/sign-in/code", {**form, "code": code, "back": elsewhere})
        assert last.headers["location"] == "/"


def test_no_code_is_asked_for_by_another_sites_form(reader: Reader, owner_url: str) -> None:
    form = fields(reader.get("/sign-in").text)
    before = asyncio.run(count(owner_url, CODES, 0))
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        answer = reader.post("/sign-in/codes", {**form, "name": phone()}, **headers)
        assert answer.status_code == 403
    without = reader.post("/sign-in/codes", {**form, "form": "x", "name": phone()})
    assert without.status_code == 403
    assert asyncio.run(count(owner_url, CODES, 0)) == before
