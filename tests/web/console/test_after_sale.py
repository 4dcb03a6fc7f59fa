"""After-sale at the desk: the shop answers its own cases, the market decides what is disputed."""

import asyncio
from html import unescape

import pytest

from jishi.kernel import MARKET, new_id
from tests.after_sale.scene import paid
from tests.shops import seed_shops
from tests.web.console.desk import seat
from tests.web.reader import Reader, change, count, fields, words

ADDRESS = "select public_id from after_sale.cases where book = $1 and case_id = $2"
STATE = "select state from after_sale.cases where book = $1"


def opened_case(url: str, owner_url: str, kind: str, state: str) -> tuple[int, str]:
    """Open a case of a paid order that stands in a state; give its book and its page."""

    async def scene() -> tuple[int, str]:
        async with paid(url, owner_url, state) as its:
            case_id = await its.case(kind, 2)
            return its.book, str(await its.owner.fetchval(ADDRESS, its.book, case_id))

    book, case = asyncio.run(scene())
    return book, f"/console/after-sale/{case}"


def do(reader: Reader, path: str, deed: str, **other: str) -> tuple[int, str]:
    """Send a deed's form as the page made it; give the status, and what the page says then."""
    form = {**fields(reader.get(path).text), "deed": deed, **other}
    answer = reader.post(path, form)
    said = answer.text if answer.status_code != 303 else reader.get(path).text
    return answer.status_code, words(said)


def test_a_refund_is_seen_in_the_queue_and_agreed_in_two_steps(
    reader: Reader, database_url: str, owner_url: str
) -> None:
    book, path = opened_case(database_url, owner_url, "refund_only", "paid")
    seat(reader, database_url, book, "service")
    queue = unescape(reader.get("/console/after-sale").text)
    assert path in queue
    assert "等您处理 1" in words(queue)
    assert "还有 47 小时" in words(queue)
    status, said = do(reader, path, "agree", note="好的")
    assert status == 303
    assert "退款中" in said
    assert "好的" in said
    assert path not in unescape(reader.get("/console/after-sale").text)
    assert path in unescape(reader.get("/console/after-sale?tab=others").text)
    # What is not the seller's turn shows no form, and a form kept from before is refused.
    assert 'name="deed"' not in reader.get(path).text
    assert do(reader, path, "agree", key="00000000-0000-4000-8000-000000000001")[0] == 409


def test_a_return_is_counted_and_a_bad_count_is_told(
    reader: Reader, database_url: str, owner_url: str
) -> None:
    book, path = opened_case(database_url, owner_url, "return_and_refund", "received")
    seat(reader, database_url, book, "orders")
    assert do(reader, path, "agree", note="寄到杭州")[0] == 303
    sent = "update after_sale.cases set state = 'seller_to_receive' where book = $1"
    asyncio.run(change(owner_url, (sent, [book])))
    status, said = do(reader, path, "receive", good="9", damaged="0")
    assert status in {409, 422}
    assert "收到退货" in said
    status, said = do(reader, path, "receive", good="1", damaged="1")
    assert status == 303
    assert "退款中" in said


def test_the_market_alone_decides_a_dispute(
    reader: Reader, database_url: str, owner_url: str
) -> None:
    book, path = opened_case(database_url, owner_url, "refund_only", "paid")
    disputed = "update after_sale.cases set state = 'dispute' where book = $1"
    asyncio.run(change(owner_url, (disputed, [book])))
    seat(reader, database_url, book, "owner")
    assert "作出裁决" not in words(reader.get(path).text)
    form = {**fields(reader.get(path).text), "deed": "judge", "verdict": "closed", "note": "x"}
    form["form"] = fields(reader.get("/console/goods/new").text)["form"]
    form["key"] = "00000000-0000-4000-8000-000000000002"
    assert reader.post(path, form).status_code == 403
    reader.forget()
    seat(reader, database_url, MARKET, "arbiter")
    choice = {"form": fields(reader.get("/console/shops").text)["form"], "book": str(book)}
    assert reader.post("/console/shops", choice).status_code == 303
    status, said = do(reader, path, "judge", verdict="refunding", refund="9.9.9", note="有理")
    assert status in {409, 422}
    status, said = do(reader, path, "judge", verdict="refunding", refund="5", note="有理")
    assert status == 303, said
    assert "退款中" in said
    fen = "select refund_fen from after_sale.cases where book = $1"
    assert asyncio.run(count(owner_url, fen, book)) == 500


@pytest.mark.parametrize("deed", ["agree", "refuse"])
def test_another_shops_case_is_not_there(
    reader: Reader, database_url: str, owner_url: str, deed: str
) -> None:
    _, path = opened_case(database_url, owner_url, "refund_only", "paid")
    other = new_id() >> 20
    asyncio.run(seed_shops(owner_url, other))
    seat(reader, database_url, other, "owner")
    assert reader.get(path).status_code == 404
    form = {
        "form": fields(reader.get("/console/goods/new").text)["form"], "deed": deed,
        "key": "00000000-0000-4000-8000-000000000003", "note": "x",
    }  # fmt: skip
    assert reader.post(path, form).status_code == 404
