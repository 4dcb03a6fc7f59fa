"""Addresses on the phone: chosen step by step or pasted, one's own alone, and where parcels go."""

import asyncio
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import asyncpg

from tests.trade.freights import flat, set_freight
from tests.web.console.desk import ask_all
from tests.web.person import sign_in
from tests.web.reader import ORDERS, Reader, checkout_path, fields, words

WRITTEN = {
    "recipient": "张三", "phone": "13800138000", "province": "330000", "city": "330100",
    "district": "330106", "street": "文三路 100 号", "is_default": "1", "do": "save",
}  # fmt: skip
SENT = "select delivery, address_id, division, freight_fen from trade.orders where book = $1"


def form_of(reader: Reader, path: str = "/addresses/new") -> dict[str, str]:
    """Give the form of an address, as the page made it."""
    return fields(reader.get(path).text)


def save(reader: Reader, **other: str) -> str:
    """Save an address; give where that leads."""
    answer = reader.post("/addresses", {**form_of(reader), **WRITTEN, **other})
    assert answer.status_code == 303, words(answer.text)
    return str(answer.headers["location"])


def test_a_guest_is_sent_to_sign_in_and_back(reader: Reader) -> None:
    for path in ("/addresses", "/addresses/new"):
        sent = reader.get(path)
        assert sent.status_code == 303
        assert sent.headers["location"].startswith("/sign-in?back=%2Faddresses")
    assert reader.get("/addresses/1").status_code == 404


def test_each_choice_opens_the_next_and_nothing_is_lost(reader: Reader) -> None:
    sign_in(reader)
    form = {**form_of(reader), "recipient": "张三", "do": "open", "province": "330000"}
    page = reader.post("/addresses", form)
    assert page.status_code == 200
    assert "杭州市" in page.text
    page = reader.post("/addresses", {**form, "city": "330100"})
    assert "西湖区" in page.text
    assert 'value="张三"' in page.text
    # A city of another province is none of it.
    page = reader.post("/addresses", {**form, "city": "440300"})
    assert "330106" not in page.text
    wrong = reader.post("/addresses", {**form, **WRITTEN, "phone": "12"})
    assert wrong.status_code in {409, 422}
    assert "手机号码好像不对" in words(wrong.text)
    assert "文三路 100 号" in wrong.text
    assert "还没有收货地址" in words(reader.get("/addresses").text)


def test_a_pasted_line_fills_the_form_and_is_saved_by_its_person(reader: Reader) -> None:
    sign_in(reader)
    pasted = "李四 13911112222 北京市朝阳区建国路 1 号"
    page = reader.post("/addresses", {**form_of(reader), "pasted": pasted, "do": "recognise"})
    assert page.status_code == 200
    assert "还没有收货地址" in words(reader.get("/addresses").text), "nothing is saved by pasting"
    form = {**fields(page.text), "province": "110000", "city": "110100", "district": "110105"}
    assert form["recipient"] == "李四"
    assert '<option value="110105" selected>' in page.text
    form |= {"street": "建国路 1 号", "do": "save"}
    assert reader.post("/addresses", form).headers["location"] == "/addresses"
    listed = words(reader.get("/addresses").text)
    assert "李四 13911112222" in listed
    assert "北京市" in listed


def test_an_address_is_changed_and_removed_by_its_person_alone(reader: Reader) -> None:
    sign_in(reader)
    save(reader)
    page = unescape(reader.get("/addresses").text)
    path = page.split('href="/addresses/')[1].split('"')[0]
    assert path.isdigit()
    form = {**form_of(reader, f"/addresses/{path}"), **WRITTEN, "street": "文三路 200 号"}
    assert reader.post("/addresses", form).status_code == 303
    page = unescape(reader.get("/addresses").text)
    assert "文三路 200 号" in page
    assert "文三路 100 号" not in page
    now = page.split('href="/addresses/')[1].split('"')[0]
    token = {"form": fields(page)["form"]}
    reader.forget()
    sign_in(reader)
    stranger = {"form": form_of(reader)["form"]}
    assert reader.get(f"/addresses/{now}").status_code == 404
    assert reader.post(f"/addresses/{now}/removal", stranger).status_code == 404
    stolen = {**form_of(reader), **WRITTEN, "address_id": now}
    assert reader.post("/addresses", stolen).status_code == 404
    assert token


def test_parcels_go_where_the_person_says_for_what_he_saw(
    reader: Reader, book: int, database_url: str, owner_url: str
) -> None:
    sign_in(reader)
    asyncio.run(ask_all(database_url, set_freight(book, flat(800))))
    at_first = reader.get(checkout_path(book, 1))
    assert "付款后凭提货码到店取" in words(at_first.text)
    back = unescape(at_first.text).split("/addresses/new?back=")[1].split('"')[0]
    new = reader.get(f"/addresses/new?back={back}")
    sent = reader.post("/addresses", {**fields(new.text), **WRITTEN})
    assert sent.headers["location"].startswith(f"/shops/shop-{book}/checkout?")
    page = reader.get(sent.headers["location"])
    form = fields(page.text)
    assert form["to"].isdigit()
    assert form["freight0"] != "0"
    order = reader.post(ORDERS, form)
    assert order.status_code == 303, words(order.text)
    row = asyncio.run(only_row(owner_url, book))
    assert "张三 13800138000" in words(reader.get(order.headers["location"]).text)
    assert row[0] == "parcel"
    assert row[1] == int(form["to"])
    assert row[2] == "330106"
    assert row[3] == int(form["freight0"])
    collected = fields(reader.get(f"{checkout_path(book, 2)}&to=pickup").text)
    assert (collected["to"], collected["freight0"]) == ("pickup", "0")
    # An address of somebody else's is no way: the person's own is taken, or none is known.
    other = {**fields(reader.get(checkout_path(book, 3)).text), "to": "12345"}
    placed = reader.post(ORDERS, other)
    assert placed.status_code == 303


async def only_row(owner_url: str, book: int) -> tuple[str, int, str, int]:
    """Read how the only order of a book goes."""
    owner = await asyncpg.connect(owner_url)
    try:
        row = await owner.fetchrow(SENT, book)
        assert row is not None
        return row["delivery"], row["address_id"], row["division"], row["freight_fen"]
    finally:
        await owner.close()


def test_a_checkout_waits_whole_while_its_shopper_signs_in(reader: Reader) -> None:
    waiting = "/shops/tea/checkout?product=x&quantity=2&to="
    sent = reader.get(f"/addresses/new?back={quote(waiting, safe='')}")
    back = parse_qs(urlsplit(sent.headers["location"]).query)["back"][0]
    sign_in(reader)
    assert fields(reader.get(back).text)["back"] == waiting
