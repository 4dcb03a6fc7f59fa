"""Orders at the desk: found, read, noted, lowered and called off; another shop's are not there."""

import asyncio

import asyncpg
import pytest

from jishi import money
from jishi.kernel import new_id
from tests.conftest import opened
from tests.money.late.scene import made
from tests.shops import price_of, seed_shops
from tests.web.console.desk import seat
from tests.web.picked_up import waiting
from tests.web.reader import Reader, change, fields, words

ORDERS = "/console/orders"


def at_the_desk(reader: Reader, url: str, book: int, order: str) -> str:
    """Become a member who works with orders, and give the order's page there."""
    reader.forget()
    seat(reader, url, book, "orders")
    return f"{ORDERS}/{order.rpartition('/')[2]}"


def do(reader: Reader, path: str, deed: str, **other: str) -> tuple[int, str]:
    """Send a deed's form as the page made it; give the status, and what the page says then."""
    answer = reader.post(path, {**fields(reader.get(path).text), "deed": deed, **other})
    said = answer.text if answer.status_code != 303 else reader.get(path).text
    return answer.status_code, words(said)


def test_an_order_is_found_by_list_and_by_number(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    unpaid = reader.order(book)
    its = waiting(reader, database_url, owner_url, book)
    path = at_the_desk(reader, database_url, book, unpaid)
    page = reader.get(f"{ORDERS}?tab=to_pay").text.replace("&#x2f;", "/")
    assert path in page
    assert "待自提 1 待付款 1" in words(page)
    assert path not in reader.get(ORDERS).text.replace("&#x2f;", "/")
    waits = reader.get(f"{ORDERS}?tab=for_pickup").text.replace("&#x2f;", "/")
    assert its.path.rpartition("/")[2] in waits
    number = page.partition(f'href="{path}">')[2].partition("<")[0]
    for typed in (number, number[:10].lower(), f"{number[2:8]} {number[8:]}"):
        found = reader.get(f"{ORDERS}?q={typed}&tab=closed").text.replace("&#x2f;", "/")
        assert path in found, typed
    assert "只能找到本店的" in words(reader.get(f"{ORDERS}?q=JS999").text)


def test_an_order_tells_what_happened_and_who_did_it(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    its = waiting(reader, database_url, owner_url, book)
    path = at_the_desk(reader, database_url, book, its.path)
    said = words(reader.get(path).text)
    assert "待自提" in said
    assert "总店" in said
    for step in ("下单", "付款", "在门店待取"):
        assert step in said
    status, said = do(reader, path, "note", note="客户会晚到")
    assert status == 303
    assert "客户会晚到" in said
    assert do(reader, path, "note", note=" ")[0] == 409
    assert do(reader, path, "nonsense")[0] == 400


def test_buyer_and_shop_see_what_was_refunded_in_wechat_s_own_console(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    its = waiting(reader, database_url, owner_url, book)

    async def refund() -> None:
        async with opened(database_url) as market:
            owner = await asyncpg.connect(owner_url)
            attempt_id = await owner.fetchval(
                "select attempt_id from money.attempts where order_id = $1", its.order_id
            )
            await owner.close()
            number = money.rules.out_trade_no(book, attempt_id)
            answer = await market.ask(made(book, number, 123))
            assert isinstance(answer, money.ExternalRefundRecorded)

    asyncio.run(refund())
    assert "商家退给您 ¥1.23" in words(reader.get(its.path).text)
    path = at_the_desk(reader, database_url, book, its.path)
    assert "在微信商户平台退了 ¥1.23" in words(reader.get(path).text)


def test_a_price_is_lowered_and_its_buyer_sees_it(
    reader: Reader, database_url: str, book: int
) -> None:
    order = reader.order(book, quantity=3)
    visitor = dict(reader.client.cookies)
    path = at_the_desk(reader, database_url, book, order)
    full = price_of(1) * 3
    assert fields(reader.get(path).text)["paid1"] == f"{full // 100}.{full % 100:02}"
    status, said = do(reader, path, "lower", paid1="一百")
    assert (status, "价格看不懂" in said) == (409, True)
    status, said = do(reader, path, "lower", paid1="999")
    assert (status, "改价只能往低改" in said) == (409, True)
    status, said = do(reader, path, "lower", paid1="12.5")
    assert status == 303
    assert f"第 1 行从 ¥{full // 100}.{full % 100:02} 改为 ¥12.50" in said
    reader.forget()
    reader.client.cookies.update(visitor)
    seen = words(reader.get(order).text)
    assert "¥ 12 .50" in seen
    assert "商家改了价" in seen


def test_an_order_is_called_off_once(reader: Reader, database_url: str, book: int) -> None:
    order = reader.order(book)
    path = at_the_desk(reader, database_url, book, order)
    form = fields(reader.get(path).text)
    status, said = do(reader, path, "call_off")
    assert status == 303
    assert "商家取消" in said
    assert 'value="call_off"' not in reader.get(path).text
    again = {**form, "deed": "call_off", "key": "00000000-0000-4000-8000-000000000007"}
    assert reader.post(path, again).status_code == 409


def test_while_somebody_pays_no_price_changes(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    order = reader.order(book)
    path = at_the_desk(reader, database_url, book, order)
    form = fields(reader.get(path).text)
    attempt = (
        "insert into money.attempts (book, attempt_id, order_id, appid, mchid, amount_fen, state,"
        " started_at, way) select book, order_id, order_id, 'wx1', '19', total_fen, 'open', now(),"
        " 'native' from trade.orders where book = $1"
    )
    asyncio.run(change(owner_url, (attempt, [book])))
    assert "买家正在付款" in words(reader.get(path).text)
    answer = reader.post(path, {**form, "deed": "lower", "paid1": "1"})
    assert answer.status_code == 409


@pytest.mark.parametrize("deed", ["note", "lower", "call_off"])
def test_another_shops_order_is_not_there(
    reader: Reader, database_url: str, owner_url: str, book: int, deed: str
) -> None:
    order = reader.order(book)
    other = new_id() >> 20
    asyncio.run(seed_shops(owner_url, other))
    path = at_the_desk(reader, database_url, other, order)
    assert reader.get(path).status_code == 404
    form = {
        "form": fields(reader.get("/console").text)["form"], "deed": deed, "note": "x",
        "key": "00000000-0000-4000-8000-000000000008",
    }  # fmt: skip
    assert reader.post(path, form).status_code == 404
