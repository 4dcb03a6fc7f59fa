"""A visitor is known by a cookie that only we can make."""

import pytest

from tests.web.reader import ORDERS, Reader


def test_the_cookie_comes_with_the_first_order_only(reader: Reader, book: int) -> None:
    form = reader.checkout(book)
    assert "visitor" not in reader.client.cookies
    answer = reader.post(ORDERS, form)
    said = next(each for each in answer.headers.get_list("set-cookie") if "visitor=" in each)
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Max-Age=31536000"} <= set(said.split("; "))
    assert "Secure" not in said
    again = reader.post(ORDERS, reader.checkout(book))
    assert "set-cookie" not in again.headers


def test_the_cookie_is_for_https_where_there_is_https(reader: Reader, book: int) -> None:
    form = reader.checkout(book)
    answer = reader.post(ORDERS, form, **{"x-forwarded-proto": "https"})
    assert all("Secure" in each for each in answer.headers.get_list("set-cookie"))


FORGED = ("1{id}.{mark}", "{id}.1{mark}", "{id}", "{id}.", ".{mark}", "zz.zz", "", "{mark}.{id}")


@pytest.mark.parametrize("forged", FORGED)
def test_a_cookie_that_was_changed_is_nobodys(reader: Reader, book: int, forged: str) -> None:
    path = reader.order(book)
    value = reader.client.cookies["visitor"]
    reader.client.cookies.clear()
    number, _, mark = value.partition(".")
    for_now = {"cookie": "visitor=" + forged.format(id=number, mark=mark)}
    assert reader.get(path, **for_now).status_code == 404
    assert "还没有订单" in reader.get("/orders", **for_now).text
    assert reader.get(path, cookie=f"visitor={value}").status_code == 200


def test_two_browsers_are_two_visitors(reader: Reader, book: int) -> None:
    reader.order(book)
    first = reader.client.cookies["visitor"]
    reader.forget()
    reader.order(book)
    assert reader.client.cookies["visitor"] != first
