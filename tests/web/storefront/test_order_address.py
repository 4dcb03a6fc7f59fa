"""Where an order goes is changed on the phone until it is sent, and at the desk for who asks."""

import asyncio

import pytest

from jishi.kernel import new_id
from tests.web.console.desk import seat
from tests.web.person import sign_in
from tests.web.reader import Reader, change, fields, words
from tests.web.storefront.test_addresses import save
from tests.web.storefront.test_after_sale import pay
from tests.web.storefront.test_parcels import ship

GOES = """
    update trade.orders set delivery = 'parcel', division = '330106',
           address_id = (select max(address_id) from people.addresses where person_id = $2)
     where book = $1
"""
SHENZHEN = {"province": "440000", "city": "440300", "district": "440305", "street": "科技园 1 号"}


@pytest.fixture
def bought(reader: Reader, book: int, database_url: str, owner_url: str) -> str:
    """Give the path of a person's paid order that goes by parcel to an address of his."""
    person = sign_in(reader)
    save(reader)
    order = reader.order(book)
    asyncio.run(pay(database_url, owner_url, book, "paid"))
    asyncio.run(change(owner_url, (GOES, [book, person])))
    return order


def address_of(path: str) -> int:
    """Read the id that a choice of an address ends with."""
    return int(path.rpartition("=")[2])


def test_the_buyer_adds_an_address_on_the_way_and_his_order_goes_there(
    reader: Reader, bought: str
) -> None:
    shown = reader.get(bought).text
    assert "文三路 100 号" in shown
    assert f'href="{bought}/address"' in shown.replace("&#x2f;", "/")
    choice = reader.get(f"{bought}/address")
    assert choice.status_code == 200
    back = save(reader, back=f"{bought}/address?to=", **SHENZHEN)
    assert back.startswith(f"{bought}/address?to=")
    form = fields(reader.get(back).text)
    assert int(form["address_id"]) == address_of(back), "what was just added is chosen"
    assert reader.post(f"{bought}/address", form).headers["location"] == bought
    page = words(reader.get(bought).text)
    assert "科技园 1 号" in page
    assert "文三路" not in page
    assert "改了收货地址" in page
    again = reader.post(f"{bought}/address", {**form, "key": str(fields(choice.text)["key"])})
    assert again.status_code == 409
    assert "本来就寄到这里" in words(again.text)


def test_no_order_goes_to_somebody_elses_address(reader: Reader, bought: str) -> None:
    form = fields(reader.get(f"{bought}/address").text)
    refused = reader.post(f"{bought}/address", {**form, "address_id": "7"})
    assert refused.status_code == 409
    assert "没有找到这个地址" in words(refused.text)
    sign_in(reader)
    assert reader.get(f"{bought}/address").status_code == 404
    assert reader.post(f"{bought}/address", form).status_code in {403, 404}


def test_what_is_sent_cannot_be_changed_any_more(
    reader: Reader, bought: str, book: int, database_url: str, owner_url: str
) -> None:
    back = save(reader, back=f"{bought}/address?to=", **SHENZHEN)
    form = fields(reader.get(back).text)
    asyncio.run(ship(database_url, owner_url, book, 1))
    refused = reader.post(f"{bought}/address", form)
    assert refused.status_code == 409
    assert "现在不能改地址了" in words(refused.text)
    assert f"{bought}/address" not in reader.get(bought).text.replace("&#x2f;", "/")
    assert "文三路 100 号" in reader.get(bought).text


def test_the_desk_changes_it_for_the_buyer_who_sees_it_and_keeps_his_list(
    reader: Reader, bought: str, book: int, database_url: str
) -> None:
    cookies = dict(reader.client.cookies)
    reader.forget()
    seat(reader, database_url, book, "orders")
    path = f"/console/orders/{bought.rpartition('/')[2]}"
    assert f"{path}/address" in reader.get(path).text.replace("&#x2f;", "/")
    form = fields(reader.get(f"{path}/address").text)
    unclear = reader.post(f"{path}/address", {**form, "written": "文三路"})
    assert unclear.status_code == 409
    assert "文三路" in unclear.text
    line = "李四 13700000001 广东省深圳市南山区科技园 2 号"
    form = fields(reader.get(f"{path}/address").text)
    for _ in range(2):
        done = reader.post(f"{path}/address", {**form, "written": line})
        assert done.headers["location"] == path, words(done.text)
    page = words(reader.get(path).text)
    assert "改过，以新的为准" in page
    assert page.count("改收货地址") == 1, "two taps are one change"
    reader.forget()
    reader.client.cookies.update(cookies)
    mine = reader.get(bought).text
    assert "李四 13700000001" in words(mine)
    assert "改了收货地址" in words(mine)
    assert "李四" not in reader.get("/addresses").text, "it is on none of his lists"


def test_a_parcel_packed_for_the_old_address_is_not_sent(
    reader: Reader, bought: str, book: int, database_url: str
) -> None:
    cookies = dict(reader.client.cookies)
    reader.forget()
    seat(reader, database_url, book, "orders")
    listed = reader.get("/console/shipping").text.replace("&#x2f;", "/")
    order_id = listed.partition('href="/console/shipping/')[2].partition('"')[0]
    if not order_id.isdecimal():
        order_id = next(
            part.partition('"')[0] for part in listed.split('"/console/shipping/')
            if part.partition('"')[0].isdecimal()
        )  # fmt: skip
    packed = fields(reader.get(f"/console/shipping/{order_id}").text)
    desk = dict(reader.client.cookies)
    reader.forget()
    reader.client.cookies.update(cookies)
    back = save(reader, back=f"{bought}/address?to=", **SHENZHEN)
    assert reader.post(f"{bought}/address", fields(reader.get(back).text)).status_code == 303
    reader.forget()
    reader.client.cookies.update(desk)
    sent = {**packed, "carrier": "SF", "tracking_number": f"SF{new_id() % 10**8}"}
    refused = reader.post(f"/console/shipping/{order_id}/parcels", sent)
    assert refused.status_code == 409
    assert "收货地址刚刚改了" in words(refused.text)
    fresh = fields(reader.get(f"/console/shipping/{order_id}").text)
    done = reader.post(
        f"/console/shipping/{order_id}/parcels", {**sent, **fresh, "tracking_number": "SF7654321"}
    )
    assert done.status_code == 303, words(done.text)
