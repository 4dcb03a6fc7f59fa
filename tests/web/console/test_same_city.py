"""Same-city delivery at the desk: its terms, its queue, and sending an order out."""

import asyncio
from html import unescape

import pytest

from jishi.web import couriers
from jishi.web.couriers import Courier
from tests.fulfilment.test_send_out import BROUGHT
from tests.web.console.desk import seat
from tests.web.console.test_shipping import a_paid_order
from tests.web.reader import Reader, change, count, fields, words

PATH = "/console/settings/same-city"
TERMS = "select count(*) from trade.same_city_terms where book = $1"
EVENTS = "select count(*) from kernel.events where book = $1 and body::text like '%13900139000%'"


def chosen(reader: Reader, **other: str | list[str]) -> dict[str, str | list[str]]:
    """Give the form of the terms, filled in."""
    form = fields(reader.get(f"{PATH}?city=4403").text)
    return {**form, "offered": "yes", "division": ["440305", "440304"], "fee": "6", **other}


def test_terms_are_set_for_the_districts_of_a_city(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    seat(reader, database_url, book, "owner")
    assert "送到这些区县" not in words(reader.get(PATH).text)
    assert "南山区" in words(reader.get(f"{PATH}?city=4403").text)
    for wrong in ("9999", "４４０３", "x", "440305"):
        assert "送到这些区县" not in words(reader.get(f"{PATH}?city={wrong}").text)
    saved = reader.post(PATH, chosen(reader, minimum="20.00"))  # type: ignore[arg-type]  # many
    assert saved.status_code == 303
    page = reader.get(PATH).text
    assert 'value="440305" checked' in page
    assert 'value="440303" checked' not in page
    assert fields(page)["fee"] == "6.00"
    assert asyncio.run(count(owner_url, TERMS, book)) == 1
    for other, expected in (
        ({"fee": "x"}, "有一个金额不对"), ({"fee": "10000.01"}, "有一个金额不对"),
        ({"division": []}, "还没有选区县"), ({"division": ["1"]}, "还没有选区县"),
        ({"division": ["440305", "440305"]}, "写了两次"),
    ):  # fmt: skip
        refused = reader.post(PATH, chosen(reader, **other))  # type: ignore[arg-type]  # many
        assert expected in words(refused.text)
    assert asyncio.run(count(owner_url, TERMS, book)) == 1


def test_an_order_is_sent_out_with_a_courier(
    reader: Reader, database_url: str, owner_url: str
) -> None:
    book, order_id, number = a_paid_order(database_url, owner_url)
    seat(reader, database_url, book, "orders")
    path = f"/console/same-city/{order_id}"
    assert reader.get(path).status_code == 404, "it goes by parcel"
    asyncio.run(change(owner_url, (BROUGHT, [book])))
    assert reader.get(f"/console/shipping/{order_id}").status_code == 404
    assert number in words(reader.get("/console/same-city").text)
    form = fields(reader.get(path).text)
    for name, phone in (("", "13900139000"), ("小李", "1"), ("x" * 21, "13900139000")):
        refused = reader.post(path, {**form, "name": name, "phone": phone})
        assert refused.status_code in {409, 422}
        assert "配送员的名字或电话不对" in words(refused.text)
    filled = {**form, "name": "小李", "phone": "139 0013 9000"}
    assert reader.post(path, filled).status_code == 303
    page = reader.get(path)
    assert "小李 13900139000" in words(page.text)
    assert number not in words(reader.get("/console/same-city").text)
    assert number in words(reader.get("/console/same-city?tab=out").text)
    other = {**fields(page.text), "name": "小王", "phone": "13700137000"}
    assert reader.post(path, other).status_code == 303
    assert "小王 13700137000" in words(reader.get(path).text)
    assert asyncio.run(count(owner_url, EVENTS, book)) == 0, "no event names anybody"
    slip = reader.post(f"{path}/slip", {"form": form["form"]})
    assert slip.status_code == 200
    assert f'href="{path}"' in unescape(slip.text)


def test_a_courier_is_sealed_for_his_order_alone(reader: Reader) -> None:
    secret = reader.client.app.state["house"].secret
    seal = couriers.sealed(secret, 1, 2, Courier("小李", "13900139000"))
    assert couriers.unsealed(secret, 1, 2, seal) == Courier("小李", "13900139000")
    assert couriers.unsealed(secret, 1, 3, seal) is None
    longest = Courier("字" * couriers.NAME_CHARACTERS_MAX, "13900139000")
    assert len(couriers.sealed(secret, 2**60, 2**60, longest)) <= 400


@pytest.mark.parametrize("role", ["goods", "finance"])
def test_who_does_not_ship_sees_nothing_of_it(
    reader: Reader, database_url: str, book: int, role: str
) -> None:
    seat(reader, database_url, book, role)
    assert reader.get("/console/same-city").status_code == 403
