"""Inside WeChat a reader is known in silence, and by nothing that somebody else prepared."""

import asyncio
import secrets
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest

from jishi import people
from jishi.web.person import PERSON
from tests.web.person import sign_in
from tests.web.reader import ORDERS, Reader, checkout_path, count, fields, words
from tests.web.wechat import account_of, allowed, enter, somebody, way_of

SESSIONS = "select count(*) from people.sessions where $1::bigint is not null"
IDENTITIES = "select count(*) from people.identities where $1::bigint is not null"


def counted(owner_url: str) -> tuple[int, int]:
    """Count who is in, and what is known."""
    return asyncio.run(count(owner_url, SESSIONS, 0)), asyncio.run(count(owner_url, IDENTITIES, 0))


def stay_away(reader: Reader) -> None:
    """Be led to WeChat by nothing."""
    reader.client.cookies.set("wechat", "tried", domain="market.example")


def test_a_guest_becomes_a_person_and_his_orders_are_his_everywhere(
    reader: Reader, wechat: str, book: int
) -> None:
    stay_away(reader)
    order = reader.order(book)
    person = somebody(wechat)
    answer = enter(reader, person, back=order)
    assert (answer.status_code, answer.headers["location"]) == (303, order)
    said = next(each for each in answer.headers.get_list("set-cookie") if "person=" in each)
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Max-Age=2592000"} <= set(said.split("; "))
    assert "visitor" not in reader.client.cookies, "his id is a person's now"
    reader.forget()
    assert reader.get(order).status_code == 404
    enter(reader, person)
    assert reader.get(order).status_code == 200
    assert order in reader.get("/orders").text


def test_a_person_comes_back_with_a_full_cart(reader: Reader, wechat: str, book: int) -> None:
    person = somebody(wechat)
    enter(reader, person)
    reader.put(book, 1)
    reader.forget()
    reader.put(book, 2)
    answer = enter(reader, person)
    assert "cart=2" in str(answer.headers.get_list("set-cookie"))
    page = reader.get("/cart").text
    assert f"product-{book}-1" in page
    assert f"product-{book}-2" in page


def test_the_checkout_asks_wechat_once_and_then_lets_be(
    reader: Reader, wechat: str, book: int
) -> None:
    path = checkout_path(book)
    led = reader.get(path)
    assert led.status_code == 303
    back = parse_qs(urlsplit(led.headers["location"]).query)["back"][0]
    assert back.partition("?")[0] == path.partition("?")[0]
    page = reader.get(led.headers["location"])
    assert 'http-equiv="refresh"' in page.text
    assert reader.get(path).status_code == 200, "whoever comes back without it is a guest"
    reader.forget()
    enter(reader, somebody(wechat))
    assert reader.get(path).status_code == 200


def test_whoever_left_a_guests_cookie_in_a_browser_sees_nothing_of_the_person(
    reader: Reader, wechat: str, book: int
) -> None:
    """Session fixation: the cookie was planted before, and its owner comes back after."""
    stay_away(reader)
    reader.put(book)
    planted = {name: reader.client.cookies[name] for name in ("visitor",)}
    person = somebody(wechat)
    enter(reader, person)
    order = reader.order(book)
    reader.forget()
    stay_away(reader)
    for name, value in planted.items():
        reader.client.cookies.set(name, value, domain="market.example")
    assert reader.get(order).status_code == 404
    assert order not in reader.get("/orders").text
    assert f"product-{book}" not in reader.get("/cart").text
    other = reader.order(book, number=2)
    assert reader.get(other).status_code == 200, "he is another guest now"
    reader.forget()
    enter(reader, person)
    assert reader.get(other).status_code == 404


def test_a_forms_cookie_that_was_planted_makes_no_second_guest_of_the_person(
    reader: Reader, wechat: str, book: int
) -> None:
    stay_away(reader)
    nonce = secrets.token_urlsafe(16)
    reader.client.cookies.set("form", nonce, domain="market.example")
    reader.put(book, 1)
    person = somebody(wechat)
    enter(reader, person)
    assert reader.client.cookies.get("form") != nonce
    reader.forget()
    stay_away(reader)
    reader.client.cookies.set("form", nonce, domain="market.example")
    reader.put(book, 2)
    assert f"product-{book}-1" not in reader.get("/cart").text
    assert f"product-{book}-2" in reader.get("/cart").text
    reader.forget()
    enter(reader, person)
    assert f"product-{book}-1" in reader.get("/cart").text
    assert f"product-{book}-2" not in reader.get("/cart").text


FORGED = ("", "0", "9" * 42, "x" * 42, "\u00e9", "9999999999" + "0" * 32)


@pytest.mark.parametrize("forged", FORGED)
def test_a_state_that_we_did_not_make_signs_nobody_in(
    reader: Reader, wechat: str, owner_url: str, forged: str
) -> None:
    back = allowed(way_of(reader), somebody(wechat))
    before = counted(owner_url)
    state = parse_qs(urlsplit(back).query)["state"][0]
    answer = reader.get(back.replace(state, quote(forged)))
    assert answer.status_code == 409
    assert "不是从这里开始的" in answer.text
    assert PERSON not in reader.client.cookies
    assert counted(owner_url) == before
    assert reader.get(back).status_code == 303, "with the right one it goes on"


def test_another_browsers_way_back_signs_nobody_in(
    reader: Reader, wechat: str, owner_url: str
) -> None:
    """A link that an attacker made, with his own code and his own state."""
    back = allowed(way_of(reader), somebody(wechat))
    before = counted(owner_url)
    reader.forget()
    assert reader.get(back).status_code == 409
    way_of(reader)
    assert reader.get(back).status_code == 409
    assert counted(owner_url) == before


def test_a_way_back_serves_once(reader: Reader, wechat: str, owner_url: str) -> None:
    person = somebody(wechat)
    back = allowed(way_of(reader), person)
    nonce = reader.client.cookies["wechat"]
    assert reader.get(back).status_code == 303
    before = counted(owner_url)
    assert reader.get(back).headers["location"] == "/orders", "whoever is in goes on"
    reader.forget()
    assert reader.get(back).status_code == 409
    reader.client.cookies.set("wechat", nonce, domain="market.example")
    again = reader.get(back)
    assert again.status_code == 409
    assert "已经失效" in again.text, "the code was used"
    assert counted(owner_url) == before


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"],
)
def test_no_way_back_leads_elsewhere(reader: Reader, wechat: str, elsewhere: str) -> None:
    answer = enter(reader, somebody(wechat), back=quote(elsewhere, safe=""))
    assert answer.headers["location"] == "/"
    idle = reader.get(f"/sign-in/wechat/return?back={quote(elsewhere, safe='')}")
    assert idle.headers["location"] == "/", "nor for whoever is in already"
    reader.forget()
    back = allowed(way_of(reader), somebody(wechat))
    changed = back.replace("back=%2Forders", f"back={quote(elsewhere, safe='')}")
    assert changed != back
    assert reader.get(changed).status_code == 409, "the way back is signed too"


def test_a_snapshot_is_nobody(reader: Reader, wechat: str, owner_url: str, book: int) -> None:
    before = counted(owner_url)
    answer = enter(reader, somebody(wechat, is_snapshot=True))
    assert answer.status_code == 409
    assert "使用完整服务" in answer.text
    assert PERSON not in reader.client.cookies
    assert counted(owner_url) == before
    assert reader.get(checkout_path(book)).status_code == 200, "and may buy as a guest"


def test_the_person_is_known_by_the_openid_that_pays(reader: Reader, wechat: str) -> None:
    person = somebody(wechat)
    enter(reader, person)
    page = words(reader.get("/sign-in").text)
    assert "您已登录" in page
    assert "微信 已关联" in page
    number = int(reader.client.cookies[PERSON].partition(".")[0], 16)
    house = reader.client.app.state["house"]
    appid = account_of(wechat)["appid"]
    with reader.client.portal() as portal:
        openid = portal.call(people.openid_of, house.market, house.secret, number, appid)
    known = httpx.get(f"{wechat}/sandbox/credentials").json()["people"]
    assert len(openid) == 28
    assert len([each for each in known if each["person_id"] == person]) == 1


def test_outside_wechat_nobody_is_led_there(reader: Reader, book: int) -> None:
    reader.client.headers["user-agent"] = "Mozilla/5.0 (X11; Linux)"
    assert reader.get(checkout_path(book)).status_code == 200
    assert reader.get("/sign-in/wechat?back=/cart").headers["location"].startswith("/sign-in?back=")


def test_signing_out_ends_the_session_and_not_the_cookie_alone(
    reader: Reader, wechat: str, book: int
) -> None:
    person = somebody(wechat)
    enter(reader, person)
    order = reader.post(ORDERS, reader.checkout(book)).headers["location"]
    stolen = reader.client.cookies[PERSON]
    answer = reader.post("/sign-out", {"form": fields(reader.get("/sign-in").text)["form"]})
    assert answer.status_code == 303
    assert PERSON not in reader.client.cookies
    assert reader.get(order).status_code == 404
    assert reader.get(order, cookie=f"{PERSON}={stolen}").status_code == 404


def test_signing_out_everywhere_ends_the_other_browsers_too(
    reader: Reader, wechat: str, book: int
) -> None:
    person = somebody(wechat)
    enter(reader, person)
    order = reader.order(book)
    lost = reader.client.cookies[PERSON]
    reader.forget()
    enter(reader, person)
    assert reader.get(order, cookie=f"{PERSON}={lost}").status_code == 200
    form = fields(reader.get("/sign-in").text)["form"]
    reader.post("/sign-out", {"form": form, "everywhere": "1"})
    assert reader.get(order, cookie=f"{PERSON}={lost}").status_code == 404


def test_whoever_signed_in_otherwise_is_known_by_his_openid_when_he_pays(
    reader: Reader, wechat: str, book: int
) -> None:
    person = sign_in(reader)
    order = reader.order(book)
    form = {"form": fields(reader.get(order).text)["form"]}
    led = reader.post(f"{order}/payment", form).headers["location"]
    assert led.startswith("/sign-in/wechat?back=")
    answer = enter(reader, somebody(wechat), back=f"{order}/payment")
    assert answer.headers["location"] == f"{order}/payment"
    assert int(reader.client.cookies[PERSON].partition(".")[0], 16) == person
    form = {"form": fields(reader.get(order).text)["form"]}
    assert reader.post(f"{order}/payment", form).headers["location"] == f"{order}/payment"
    assert "data-sheet" in reader.get(f"{order}/payment").text


def test_an_openid_of_another_account_takes_nobody_away_from_what_he_looks_at(
    reader: Reader, wechat: str, book: int
) -> None:
    holder = somebody(wechat)
    enter(reader, holder)
    reader.forget()
    person = sign_in(reader)
    order = reader.order(book)
    answer = enter(reader, holder, back=order)
    assert answer.status_code == 409
    assert "已经属于另一个账户" in answer.text
    assert int(reader.client.cookies[PERSON].partition(".")[0], 16) == person
    form = {"form": fields(reader.get(order).text)["form"]}
    assert reader.post(f"{order}/payment", form).headers["location"] == f"{order}/payment"
    assert "用微信扫一扫付款" in reader.get(f"{order}/payment").text, "and a code serves"
