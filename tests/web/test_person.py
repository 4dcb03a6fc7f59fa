"""A person is known by a cookie that only we can make; what his device had before stays his."""

import pytest
from litestar.testing import RequestFactory

from jishi.web.person import PERSON, need_person
from tests.web.person import cookie_of, sign_in
from tests.web.reader import ORDERS, Reader, fields
from tests.web.wechat import WECHAT


def test_a_persons_cart_and_orders_are_his_on_every_device(reader: Reader, book: int) -> None:
    person = sign_in(reader)
    reader.put(book)
    order = reader.post(ORDERS, fields(reader.get("/checkout").text)).headers["location"]
    assert "visitor" not in reader.client.cookies
    reader.forget()
    assert reader.get(order).status_code == 404
    sign_in(reader, person)
    assert reader.get(order).status_code == 200
    assert order in reader.get("/orders").text


FORGED = (
    "1{id}.{session}.{until}.{mark}", "{id}.{session}.f{until}.{mark}", "{id}.{session}.{until}",
    "{id}.{session}.{until}.", "{id}.1{session}.{until}.{mark}", "....", "", "zz.zz.zz.zz",
    "{id}.{mark}", "{session}.{id}.{until}.{mark}",
)  # fmt: skip


@pytest.mark.parametrize("forged", FORGED)
def test_a_cookie_that_was_changed_is_nobodys(reader: Reader, book: int, forged: str) -> None:
    person = sign_in(reader)
    order = reader.order(book)
    good = cookie_of(reader, person)
    number, session, until, mark = good.split(".")
    reader.forget()
    value = forged.format(id=number, session=session, until=until, mark=mark)
    assert reader.get(order, cookie=f"{PERSON}={value}").status_code == 404
    assert reader.get(order, cookie=f"{PERSON}={good}").status_code == 200, "ours lets him in"


def test_a_guests_cookie_is_no_persons(reader: Reader, book: int) -> None:
    order = reader.order(book)
    guest = reader.client.cookies["visitor"]
    reader.forget()
    assert reader.get(order, cookie=f"{PERSON}={guest}").status_code == 404


def test_a_session_that_is_over_is_nobodys(reader: Reader, book: int) -> None:
    person = sign_in(reader)
    order = reader.order(book)
    reader.forget()
    over = cookie_of(reader, person, days=-1)
    assert reader.get(order, cookie=f"{PERSON}={over}").status_code == 404


def test_what_the_devices_guest_ordered_before_stays_within_reach(
    reader: Reader, book: int
) -> None:
    before = reader.order(book)
    sign_in(reader)
    after = reader.order(book)
    assert reader.get(after).status_code == 200
    assert reader.get(before).status_code == 200
    assert before not in reader.get("/orders").text
    assert "device=1" in reader.get("/orders").text
    listed = reader.get("/orders?device=1").text
    assert before in listed
    assert after not in listed
    form = {"form": fields(reader.get("/language").text)["form"]}
    assert reader.post(f"{before}/cancellation", form).status_code == 303
    assert "您取消了订单" in reader.get(before).text
    reader.client.cookies.delete("visitor")
    assert reader.get(before).status_code == 404


@pytest.mark.parametrize(
    ("agent", "tried", "way"),
    [
        ("Mozilla/5.0 (X11; Linux)", False, "/sign-in?back=%2Faddresses%3Fof%3D1"),
        (WECHAT, False, "/sign-in/wechat?back=%2Faddresses%3Fof%3D1"),
        (WECHAT, True, "/sign-in?back=%2Faddresses%3Fof%3D1"),
    ],
)
def test_where_a_person_is_needed_a_guest_is_led_to_be_one_and_back(
    reader: Reader, agent: str, tried: bool, way: str
) -> None:
    here = RequestFactory(app=reader.client.app)
    asked = here.get("/x", headers={"user-agent": agent}, cookies="wechat=tried" if tried else "")
    led = need_person(asked, "/addresses?of=1")
    assert led is not None
    assert led.headers["location"] == way
    person = f"{PERSON}={cookie_of(reader, 7)}"
    known = here.get("/x", headers={"user-agent": agent}, cookies=person)
    assert need_person(known, "/addresses?of=1") is None
