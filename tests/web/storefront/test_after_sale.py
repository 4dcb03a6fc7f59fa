"""After-sale on the phone: asked from the order, seen through, and private to its buyer."""

import asyncio
import re
from html import unescape

import asyncpg
import pytest

from jishi import after_sale, trade
from tests.after_sale.scene import STOCK, Scene, agree, refuse
from tests.after_sale.standing import STAND
from tests.conftest import opened
from tests.goods.test_upload_picture import webp
from tests.trade.paying import came, start, take
from tests.web.console.desk import seat
from tests.web.reader import Reader, fields, words

PHOTOGRAPH = re.compile(r'href="([^"]+/photographs/\d+)"')
ORDER = "select order_id, buyer_id from trade.orders where book = $1 order by order_id limit 1"


async def pay(database_url: str, owner_url: str, book: int, state: str) -> int:
    """Pay the first order of a book, and let it stand in a state; give its buyer."""
    owner = await asyncpg.connect(owner_url)
    try:
        row = await owner.fetchrow(ORDER, book)
        assert row is not None
        async with opened(database_url) as market:
            begun = await market.ask(start(book, row["order_id"], row["buyer_id"]))
            assert isinstance(begun, trade.PaymentStarted)
            taken = await market.ask(take(book, came(begun)))
            assert isinstance(taken, trade.PaymentTaken)
        if state != "paid":
            await owner.execute(STAND, book, row["order_id"], state)
        return int(row["buyer_id"])
    finally:
        await owner.close()


async def deed(database_url: str, owner_url: str, book: int, name: str) -> None:
    """Let the seller agree to the only case of a book, or refuse it."""
    owner = await asyncpg.connect(owner_url)
    try:
        case_id = await owner.fetchval("select case_id from after_sale.cases where book = $1", book)
        async with opened(database_url) as market:
            scene = Scene(market, owner, book, 0)
            asked = agree(scene, case_id) if name == "agree" else refuse(scene, case_id)
            done = await market.ask(asked)
            assert isinstance(done, after_sale.CaseAgreed | after_sale.CaseRefused)
    finally:
        await owner.close()


def asked_for(reader: Reader, order: str, **other: str) -> dict[str, str]:
    """Give the form of the first line, filled in."""
    page = reader.get(f"{order}/after-sale?line=1")
    assert page.status_code == 200, page.text[-500:]
    given = {"kind": "refund_only", "reason": "agreed", "quantity": "1", "story": "多买了一件"}
    return {**fields(page.text), **given, **other}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_buyer_asks_is_refused_and_calls_the_market(
    reader: Reader, book: int, database_url: str, owner_url: str, language: str
) -> None:
    reader.language = language
    order = reader.order(book, quantity=2)
    assert "after-sale" not in reader.get(order).text
    asyncio.run(pay(database_url, owner_url, book, "paid"))
    assert "after-sale?line=1" in reader.get(order).text
    form = asked_for(reader, order)
    sent, again = (reader.send(f"{order}/after-sale", form) for _ in range(2))
    case = sent.headers["location"]
    assert again.headers["location"] == case
    page = reader.get(case)
    assert ("等待商家处理" if language == "zh-CN" else "Waiting for the shop") in words(page.text)
    assert "多买了一件" in page.text
    assert case in reader.get(order).text
    asyncio.run(deed(database_url, owner_url, book, "refuse"))
    token = fields(reader.get(case).text)["form"]
    assert reader.post(f"{case}/dispute", {"form": token}).status_code == 303
    assert ("平台正在处理" if language == "zh-CN" else "is deciding") in words(
        reader.get(case).text
    )
    late = reader.post(f"{case}/withdrawal", {"form": token})
    assert late.status_code == 409
    assert ("已经到下一步了" if language == "zh-CN" else "has moved on") in words(late.text)


def test_a_buyer_returns_goods_and_names_the_parcel(
    reader: Reader, book: int, database_url: str, owner_url: str
) -> None:
    order = reader.order(book, quantity=2)
    asyncio.run(pay(database_url, owner_url, book, "shipped"))
    form = asked_for(reader, order, kind="return_and_refund", reason="no_reason")
    case = reader.send(f"{order}/after-sale", form).headers["location"]
    asyncio.run(deed(database_url, owner_url, book, "agree"))
    page = reader.get(case)
    assert "请寄回商品" in words(page.text)
    parcel = {"form": fields(page.text)["form"], "carrier": "", "tracking_number": "SF1"}
    wrong = reader.post(f"{case}/parcel", parcel)
    assert wrong.status_code in {409, 422}
    assert "请写快递公司和单号" in words(wrong.text)
    reader.post(f"{case}/parcel", {**parcel, "carrier": "顺丰"})
    shown = words(reader.get(case).text)
    assert "等待商家收货" in shown
    assert "SF1" in shown


def test_what_cannot_be_asked_shows_the_form_again(
    reader: Reader, book: int, database_url: str, owner_url: str
) -> None:
    order = reader.order(book, quantity=2)
    asyncio.run(pay(database_url, owner_url, book, "paid"))
    form = asked_for(reader, order, quantity=str(STOCK))
    answer = reader.send(f"{order}/after-sale", form)
    assert answer.status_code in {409, 422}
    assert "最多还能申请 2 件" in words(answer.text)
    assert "多买了一件" in answer.text
    wrong = reader.send(f"{order}/after-sale", {**form, "reason": "?"})
    assert "请选一个合适的原因" in words(wrong.text)
    assert reader.get(f"{order}/after-sale?line=9").status_code == 404


def test_a_case_is_there_for_its_buyer_alone(
    reader: Reader, book: int, database_url: str, owner_url: str
) -> None:
    order = reader.order(book)
    asyncio.run(pay(database_url, owner_url, book, "paid"))
    case = reader.send(f"{order}/after-sale", asked_for(reader, order)).headers["location"]
    mine = reader.client.cookies["visitor"]
    reader.forget()
    reader.order(book, number=2)
    assert reader.get(case).status_code == 404
    other = fields(reader.get(reader.order(book, number=3)).text)["form"]
    assert reader.post(f"{case}/withdrawal", {"form": other}).status_code == 404
    reader.client.cookies.delete("visitor")
    reader.client.cookies.set("visitor", mine)
    assert reader.post(f"{case}/withdrawal", {"form": other}).status_code == 303
    assert "售后已关闭" in words(reader.get(case).text)


def test_photographs_are_seen_by_buyer_and_shop_alone(
    reader: Reader, book: int, database_url: str, owner_url: str
) -> None:
    order = reader.order(book)
    asyncio.run(pay(database_url, owner_url, book, "paid"))
    # Twice: the second sending finds the case and the photographs there, and adds none.
    form, pictures = asked_for(reader, order), (webp(40, 30), webp(20, 30))
    sent, again = (reader.send(f"{order}/after-sale", form, *pictures) for _ in range(2))
    case = sent.headers["location"]
    assert again.headers["location"] == case
    shown = sorted(set(PHOTOGRAPH.findall(unescape(reader.get(case).text))))
    assert len(shown) == 2
    found = reader.get(shown[0])
    assert found.headers["content-type"] == "image/webp"
    assert found.headers["cache-control"].startswith("private")
    assert found.content[:4] == b"RIFF"
    assert reader.get(f"{shown[0]}?small=1").status_code == 200
    token = {"form": fields(reader.get(case).text)["form"]}
    assert reader.send(f"{case}/photographs", token, webp(9, 9)).status_code == 303
    bad = reader.send(f"{case}/photographs", token, webp(8, 8), b"no picture")
    assert bad.status_code in {409, 422}
    assert "认不出这张图片" in words(bad.text)
    assert len(set(PHOTOGRAPH.findall(unescape(reader.get(case).text)))) == 4, (
        "what came before it is kept"
    )
    reader.forget()
    reader.order(book, number=2)
    assert reader.get(shown[0]).status_code == 404
    seat(reader, database_url, book, "service")
    desk = f"/console/after-sale/{case.rpartition('/')[2]}"
    seen = sorted(set(PHOTOGRAPH.findall(unescape(reader.get(desk).text))))
    assert len(seen) == 4
    assert reader.get(seen[0]).content == found.content
    form = fields(reader.get(desk).text)
    assert reader.send(f"{desk}/photographs", form, webp(7, 7)).status_code == 303
    assert "商家的照片" in reader.get(desk).text
    reader.forget()
    seat(reader, database_url, book, "goods")
    assert reader.get(seen[0]).status_code == 403
