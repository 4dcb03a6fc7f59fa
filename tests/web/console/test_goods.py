"""Goods at the desk: listed, made, changed, refused kindly; another shop's are not there."""

import asyncio
from io import BytesIO
from uuid import uuid4

import asyncpg
import pytest
from PIL import Image

from jishi.kernel import new_id
from jishi.kernel.tx import Connection
from tests.goods.two_stores import OTHER, second_store
from tests.shops import STORE, seed_shops, sku_of
from tests.web.console.desk import seat
from tests.web.reader import Reader, fields, words


def product_form(reader: Reader, path: str = "/console/goods/new") -> dict[str, str]:
    """Give the form of a product as it is shown."""
    page = reader.get(path)
    assert page.status_code == 200
    found = fields(page.text)
    return {name: value for name, value in found.items() if not name.endswith(".gone")}


TEA = {
    "title": "碧螺春", "category": "茶", "option1": "规格", "s0.o1": "50克", "s0.price": "12.80",
    "s0.on_hand": "7", "s0.code": "BLC", "s0.low": "9", "state": "draft", "returns": "yes/",
}  # fmt: skip


def made(reader: Reader, database_url: str, book: int) -> str:
    """Make a product; give its path."""
    seat(reader, database_url, book, "goods")
    answer = reader.post("/console/goods", {**product_form(reader), **TEA})
    assert answer.status_code == 303
    return answer.headers["location"]


def test_a_product_is_made_without_a_script(reader: Reader, database_url: str, book: int) -> None:
    path = made(reader, database_url, book)
    page = reader.get(path)
    assert "已保存" in words(page.text)
    form = fields(page.text)
    assert (form["title"], form["s0.price"], form["s0.code"]) == ("碧螺春", "12.80", "BLC")
    assert "碧螺春" in words(reader.get("/console/goods?tab=draft").text)
    assert "碧螺春" in words(reader.get("/console/goods?tab=draft&q=BLC").text)
    assert "碧螺春" not in words(reader.get("/console/goods?tab=draft&q=100%25").text)
    assert "碧螺春" not in words(reader.get("/console/goods").text)


def test_what_is_wrong_is_marked_and_nothing_is_lost(
    reader: Reader, database_url: str, book: int
) -> None:
    seat(reader, database_url, book, "goods")
    wrong = {**product_form(reader), **TEA, "s0.price": "abc", "title": "留着我"}
    answer = reader.post("/console/goods", wrong)
    assert answer.status_code == 409
    assert "价格看不懂" in words(answer.text)
    assert fields(answer.text)["title"] == "留着我"
    twice = {**wrong, "s0.price": "1", "s1.price": "2", "s1.o1": "50克"}
    assert "重复了" in words(reader.post("/console/goods", twice).text)
    live = {**wrong, "s0.price": "1", "state": "live"}
    assert "至少要有一张图片" in words(reader.post("/console/goods", live).text)
    assert "留着我" not in words(reader.get("/console/goods?tab=draft").text)


def test_a_product_changes_and_keeps_its_sku(reader: Reader, database_url: str, book: int) -> None:
    path = made(reader, database_url, book)
    before = product_form(reader, path)
    before["returns"] = "statutory_exception/perishable"
    changed = {**before, "s0.o1": "60克", "s0.price": "13", "title": "新碧螺春"}
    assert reader.post(path, changed).status_code == 303
    after = product_form(reader, path)
    assert (after["s0.id"], after["s0.o1"], after["s0.price"]) == (before["s0.id"], "60克", "13.00")
    assert reader.post(path, {"form": before["form"]}).status_code == 409
    stale = reader.post(path, {**before, "title": "旧的"})
    assert stale.status_code == 409
    assert "刚被别人改过" in words(stale.text)
    assert product_form(reader, path)["title"] == "新碧螺春"


def test_a_picture_is_added_and_the_product_goes_live(
    reader: Reader, database_url: str, book: int
) -> None:
    path = made(reader, database_url, book)
    out = BytesIO()
    Image.new("RGB", (900, 900), "green").save(out, "JPEG")
    token = product_form(reader, path)["form"]
    for data, status in ((b"<svg onload=alert(1)>", 409), (out.getvalue(), 303)):
        answer = reader.client.post(
            f"{path}/pictures", data={"form": token}, files={"picture": ("a.jpg", data)},
            follow_redirects=False, headers={"accept-language": "zh-CN"},
        )  # fmt: skip
        assert answer.status_code == status
    page = reader.get(path)
    assert page.text.count("/320") == 1
    number = path.rpartition("/")[2]
    moved = reader.post("/console/goods/shelf", {"form": token, "row": number, "state": "live"})
    assert moved.status_code == 303
    assert "碧螺春" in words(reader.get("/console/goods?tab=low").text)


def test_stock_changes_with_a_reason_and_is_written_down(
    reader: Reader, database_url: str, book: int
) -> None:
    seat(reader, database_url, book, "goods")
    path = f"/console/stock/{sku_of(book, 1)}"
    form = {**product_form(reader, path), "reason": "damaged", "note": "摔了", "quantity": "-4"}
    assert reader.post(path, form).status_code == 303
    said = words(reader.get(path).text)
    assert "损坏 · 摔了" in said
    assert "-4" in said
    for quantity, reason, expected in (
        ("-7", "lost", "货架上没有这么多"), ("0", "lost", "1 到"), ("5", "x", "请写明原因"),
    ):  # fmt: skip
        refused = reader.post(path, {**form, "quantity": quantity, "reason": reason})
        assert refused.status_code in {409, 422}
        assert expected in words(refused.text)


@pytest.mark.parametrize("area", ["goods", "stock"])
def test_another_shops_goods_are_not_there(
    reader: Reader, database_url: str, owner_url: str, book: int, area: str
) -> None:
    theirs = new_id() >> 20
    asyncio.run(seed_shops(owner_url, theirs))
    seat(reader, database_url, book, "owner")
    path = f"/console/{area}/{sku_of(theirs, 1)}"
    assert reader.get(path).status_code == 404
    token = product_form(reader)["form"]
    sent = {"form": token, "quantity": "1", "reason": "lost", "title": "x"}
    before = asyncio.run(counted(owner_url, theirs))
    assert reader.post(path, sent).status_code == 404
    assert asyncio.run(counted(owner_url, theirs)) == before


async def counted(owner_url: str, book: int) -> int:
    """Count what has ever happened in a book."""
    connection: Connection = await asyncpg.connect(owner_url)
    try:
        statement = "select event_count from kernel.books where book = $1"
        return int(await connection.fetchval(statement, book))
    finally:
        await connection.close()


def test_who_lacks_the_permission_is_told_so(reader: Reader, database_url: str, book: int) -> None:
    seat(reader, database_url, book, "orders")
    assert reader.get("/console/goods").status_code == 403
    assert reader.get(f"/console/stock/{sku_of(book, 1)}").status_code == 403


def test_stock_goes_from_one_store_to_another(reader: Reader, database_url: str, book: int) -> None:
    path = f"/console/stock/{sku_of(book, 1)}"
    seat(reader, database_url, book, "goods")
    assert "门店之间调拨" not in words(reader.get(path).text)
    asyncio.run(second_store(database_url, book))
    form = {**product_form(reader, path), "from": str(STORE), "to": str(OTHER), "units": "4"}
    for _ in range(2):
        assert reader.post(f"{path}/transfers", form).status_code == 303
    said = words(reader.get(path).text)
    assert "门店调拨 总店 → 外滩店" in said
    for changed, expected in (
        ({"units": "99"}, "货架上没有这么多"), ({"to": str(STORE)}, "同一个门店"),
        ({"to": "9"}, "没有找到这个门店"), ({"units": "x"}, "1 到"),
    ):  # fmt: skip
        refused = reader.post(f"{path}/transfers", {**form, "key": str(uuid4()), **changed})
        assert expected in words(refused.text)
