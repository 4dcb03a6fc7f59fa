"""After-sale on the phone: asked from the order, seen through, and private to its buyer."""

import asyncio

import asyncpg
import pytest

from jishi import after_sale, trade
from tests.after_sale.scene import STAND, STOCK, Scene, agree, refuse
from tests.conftest import opened
from tests.trade.paying import came, start, take
from tests.web.reader import Reader, fields, words

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
    sent, again = (reader.post(f"{order}/after-sale", form) for _ in range(2))
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
    case = reader.post(f"{order}/after-sale", form).headers["location"]
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
    answer = reader.post(f"{order}/after-sale", form)
    assert answer.status_code in {409, 422}
    assert "最多还能申请 2 件" in words(answer.text)
    assert "多买了一件" in answer.text
    wrong = reader.post(f"{order}/after-sale", {**form, "reason": "?"})
    assert "请选一个原因" in words(wrong.text)
    assert reader.get(f"{order}/after-sale?line=9").status_code == 404


def test_a_case_is_there_for_its_buyer_alone(
    reader: Reader, book: int, database_url: str, owner_url: str
) -> None:
    order = reader.order(book)
    asyncio.run(pay(database_url, owner_url, book, "paid"))
    case = reader.post(f"{order}/after-sale", asked_for(reader, order)).headers["location"]
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
