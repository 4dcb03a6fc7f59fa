"""Shipping at the desk: the queue, a parcel, a file; who sees where it goes is noted."""

import asyncio
from html import unescape
from uuid import uuid4

import asyncpg

from jishi import people
from jishi.people import Written
from tests.conftest import opened
from tests.fulfilment.parcel_scene import bought
from tests.web.console.desk import seat
from tests.web.reader import Reader, change, count, fields, words

PUBLIC = "select public_id from trade.orders where order_id = $1"
NUMBER = "select order_number from trade.orders where order_id = $1"


async def text_of(owner_url: str, statement: str, *values: object) -> str:
    """Read one text as the owner."""
    owner = await asyncpg.connect(owner_url)
    try:
        return str(await owner.fetchval(statement, *values))
    finally:
        await owner.close()


def a_paid_order(url: str, owner_url: str) -> tuple[int, int, str]:
    """Give the book, the id and the number of an order that is paid and goes by parcel."""

    async def scene() -> tuple[int, int, str]:
        async with bought(url, owner_url) as on:
            return on.book, on.order_id, str(await on.owner.fetchval(NUMBER, on.order_id))

    return asyncio.run(scene())


def test_an_order_is_packed_in_two_parcels_and_a_number_corrected(
    reader: Reader, database_url: str, owner_url: str
) -> None:
    book, order_id, number = a_paid_order(database_url, owner_url)
    seat(reader, database_url, book, "orders")
    path = f"/console/shipping/{order_id}"
    queue = reader.get("/console/shipping")
    assert path in unescape(queue.text)
    public_id = asyncio.run(text_of(owner_url, PUBLIC, order_id))
    assert f'href="{path}"' in unescape(reader.get(f"/console/orders/{public_id}").text)
    assert number in words(queue.text)
    assert "广东省深圳市" in words(queue.text)
    form = fields(reader.get(path).text)
    assert (form["n1"], form["n2"]) == ("3", "2")
    sent = {**form, "n1": "1", "n2": "0", "carrier": "SF", "tracking_number": " SF1234567 "}
    assert reader.post(f"{path}/parcels", sent).status_code == 303
    assert reader.post(f"{path}/parcels", sent).status_code == 303, "twice is once"
    page = reader.get(path)
    assert "SF1234567" in page.text
    form = fields(page.text)
    assert (form["n1"], form["n2"]) == ("2", "2")
    wrong = {**form, "n1": "9", "carrier": "SF", "tracking_number": "SF7654321"}
    refused = reader.post(f"{path}/parcels", wrong)
    assert refused.status_code in {409, 422}
    assert "没有这么多可发了" in words(refused.text)
    rest = {**form, "carrier": "ZTO", "tracking_number": "ZT7654321"}
    reader.post(f"{path}/parcels", rest)
    page = reader.get(path)
    assert 'name="n1"' not in page.text
    assert path not in unescape(reader.get("/console/shipping").text)
    form = fields(page.text)
    put_right = {**form, "carrier": "YTO", "tracking_number": "YT1111111"}
    assert reader.post(f"{path}/corrections", put_right).status_code == 303
    assert "YT1111111" in reader.get(path).text


def test_where_it_goes_is_shown_when_asked_for_and_noted(
    reader: Reader, database_url: str, owner_url: str
) -> None:
    book, order_id, _ = a_paid_order(database_url, owner_url)
    seat(reader, database_url, book, "orders")
    path = f"/console/shipping/{order_id}"
    secret = reader.client.app.state["house"].secret
    person_id = 2**40 + order_id % 1000

    async def live_there() -> int:
        async with opened(database_url) as market:
            written = Written("张三", "13800138000", "440305", "科技园路 1 号")
            saved = await people.write_address(market, secret, uuid4(), person_id, written)
            assert isinstance(saved, people.AddressSaved), saved
            return saved.subject_id

    address_id = asyncio.run(live_there())
    moved = "update trade.orders set buyer_id = $2, address_id = $3 where order_id = $1"
    asyncio.run(change(owner_url, (moved, [order_id, person_id, address_id])))
    page = reader.get(path)
    assert "13800138000" not in page.text
    token = fields(page.text)["form"]
    shown = reader.post(f"{path}/slip", {"form": token})
    assert shown.status_code == 200
    assert "张三" in words(shown.text)
    assert "13800138000" in shown.text
    assert "no-store" in shown.headers["cache-control"]
    seen = "select count(*) from fulfilment.unmaskings where book = $1"
    assert asyncio.run(count(owner_url, seen, book)) == 1
    reader.forget()
    seat(reader, database_url, book, "goods")
    token = fields(reader.get("/console").text)["form"]
    assert reader.post(f"{path}/slip", {"form": token}).status_code == 403


def test_a_file_ships_line_by_line(reader: Reader, database_url: str, owner_url: str) -> None:
    book, order_id, number = a_paid_order(database_url, owner_url)
    _, _, elsewhere = a_paid_order(database_url, owner_url)
    seat(reader, database_url, book, "orders")
    form = fields(reader.get("/console/shipping").text)
    form.pop("file")
    listed = (
        f"订单号,快递公司,快递单号\n{number},中通快递,ZT1234567\n"
        f"{elsewhere},SF,SF1234567\n{number},SF,SF1111111\nJS000,SF,1\n\n"
    )
    for encoding, said in (("gb18030", "已发货"), ("utf-8-sig", "订单现在不能这样做")):
        answer = reader.client.post(
            "/console/shipping/file", data=form, headers={"accept-language": "zh-CN"},
            files={"file": ("a.csv", listed.encode(encoding), "text/csv")},
        )  # fmt: skip
        assert answer.status_code == 200
        told = words(answer.text)
        assert said in told
        assert "没有找到这张订单" in told
    assert "ZT1234567" in reader.get(f"/console/shipping/{order_id}").text
    empty = reader.client.post(
        "/console/shipping/file", data=form, headers={"accept-language": "zh-CN"},
        files={"file": ("a.csv", b"\xff\xfe\x00", "text/csv")},
    )  # fmt: skip
    assert "这个文件看不懂" in words(empty.text)
