"""The counter: a code is looked at, its goods handed out once, everything else refused in words."""

import asyncio

import pytest

from jishi.fulfilment.pickup import codes
from jishi.kernel import new_id
from tests.shops import seed_shops
from tests.web.console.desk import seat
from tests.web.picked_up import Waiting, waiting
from tests.web.reader import Reader, change, count, fields, words

COUNTER, REDEMPTION = "/console/pickup", "/console/pickup/redemption"
REDEEMED = "select count(*) from fulfilment.redemptions where book = $1"
STORE_TWO = "insert into goods.stores (book, store_id, name) values ($1, 2, '二店')"
CLOSED = "update trade.orders set state = 'closed' where book = $1"


@pytest.fixture
def its(reader: Reader, database_url: str, owner_url: str, book: int) -> Waiting:
    """Give an order that waits; the browser is now that of a member who works in the store."""
    found = waiting(reader, database_url, owner_url, book)
    reader.forget()
    seat(reader, database_url, book, "store")
    return found


def look_up(reader: Reader, typed: str, **other: str) -> tuple[int, str]:
    """Type a code and give the page that comes."""
    form = {**fields(reader.get(COUNTER).text), "code": typed, **other}
    answer = reader.post(COUNTER, form)
    return answer.status_code, answer.text


def test_a_code_shows_the_goods_and_one_confirmation_hands_them_out(
    reader: Reader, its: Waiting, owner_url: str, book: int
) -> None:
    status, page = look_up(reader, codes.spoken(its.code))
    assert status == 200
    assert "龙井茶1" in page
    assert "已交给买家，共 2 件" in words(page)
    assert asyncio.run(count(owner_url, REDEEMED, book)) == 0, "looking hands nothing out"
    form = {**fields(page), "code": its.code}
    answer = reader.post(REDEMPTION, form)
    assert (answer.status_code, answer.headers["location"]) == (303, COUNTER)
    assert "已交付，订单 JS" in words(reader.get(COUNTER).text)
    # Pressed twice it was done once; with another form it is told, with when and by whom.
    assert reader.post(REDEMPTION, form).status_code == 303
    again = reader.post(REDEMPTION, {**form, "key": "00000000-0000-4000-8000-000000000004"})
    assert again.status_code == 409
    assert "这个提货码已经用过了" in words(again.text)
    status, page = look_up(reader, its.code)
    assert status == 409
    assert "核销人" in words(page)
    assert REDEMPTION not in page
    assert asyncio.run(count(owner_url, REDEEMED, book)) == 1


def test_what_was_scanned_stands_in_the_field(reader: Reader, its: Waiting) -> None:
    page = reader.get(f"{COUNTER}?code={its.code}").text
    assert fields(page)["code"] == its.code
    assert "龙井茶1" not in page, "nothing is looked up before it is sent"


def test_a_wrong_code_is_told_and_too_many_lock_the_member(
    reader: Reader, its: Waiting, database_url: str, book: int
) -> None:
    status, page = look_up(reader, its.code[:-1])
    assert (status, "12 位数字" in words(page)) == (409, True)
    wrong = [f"{n:011}" for n in range(10)]
    for each in wrong:
        status, page = look_up(reader, f"{each}{codes.check_digit(each)}")
        assert (status, "本店没有这个提货码" in words(page)) == (409, True)
    status, page = look_up(reader, its.code)
    assert (status, "错的提货码太多了" in words(page)) == (429, True)
    form = {**fields(page), "code": its.code, "key": "00000000-0000-4000-8000-000000000005"}
    assert reader.post(REDEMPTION, form).status_code == 429
    reader.forget()
    seat(reader, database_url, book, "store")
    assert look_up(reader, its.code)[0] == 200, "a colleague is not locked"


def test_another_shops_code_is_told_as_such(
    reader: Reader, its: Waiting, database_url: str, owner_url: str
) -> None:
    other = new_id() >> 20
    asyncio.run(seed_shops(owner_url, other))
    reader.forget()
    seat(reader, database_url, other, "store")
    status, page = look_up(reader, its.code)
    assert (status, "这是另一家小店的提货码" in words(page)) == (409, True)
    assert "龙井茶1" not in page


def test_another_store_and_a_closed_order_are_told(
    reader: Reader, its: Waiting, owner_url: str, book: int
) -> None:
    asyncio.run(change(owner_url, (STORE_TWO, [book])))
    status, page = look_up(reader, its.code, store="2")
    assert (status, "这张订单在别的门店取货" in words(page)) == (409, True)
    assert REDEMPTION not in page
    # The browser remembers where it stands.
    assert '<option value="2" selected>' in reader.get(COUNTER).text
    form = {**fields(page), "code": its.code, "store": "2"}
    form["key"] = "00000000-0000-4000-8000-000000000006"
    assert reader.post(REDEMPTION, form).status_code == 409
    assert look_up(reader, its.code, store="1")[0] == 200
    asyncio.run(change(owner_url, (CLOSED, [book])))
    status, page = look_up(reader, its.code, store="1")
    assert (status, "已经退款或关闭" in words(page)) == (409, True)
    assert asyncio.run(count(owner_url, REDEEMED, book)) == 0
