"""Finance: what is held, statements with their file, days that sum to zero, what differs."""

import asyncio
from uuid import uuid4

import msgspec
import pytest

from jishi import money
from jishi.money.explain_difference import ALONE_FEN_MAX
from jishi.pages.formats import price
from tests.conftest import opened
from tests.money.billing import OPEN, day_of, let_a_day_pass, line_of, paid, rows, yesterday
from tests.money.late.scene import made, reversed_on, settled
from tests.money.settling import rates, settle
from tests.money.test_cut_statement import cut, settled_yesterday
from tests.web.console.desk import seat
from tests.web.reader import Reader, fields

LIST = "/console/finance/differences"


def a_differing_day(url: str, owner_url: str, book: int) -> int:
    """Give a shop a statement and a day that does not agree; the number of what found it."""

    async def scene() -> int:
        async with opened(url) as market:
            await market.ask(rates(book, 60, 300))
            well, wrong = await paid(market, book), await paid(market, book)
            await market.ask(settle(book, well.order_id))
            await settled_yesterday(owner_url, book, [well.order_id])
            await market.ask(cut(book))
            await let_a_day_pass(owner_url, book)
            lines = [
                line_of(well),
                line_of(wrong, amount_fen=wrong.amount_fen + 7),
                line_of(well, out_number="<not ours>", amount_fen=ALONE_FEN_MAX + 1),
            ]
            answer = await market.ask(day_of(book, yesterday(), *lines))
            assert isinstance(answer, money.DayReconciled)
            assert [each.kind for each in answer.found] == ["amount", "only_theirs"]
            found = await market.look(
                money.books.open_differences, book=book, number=0, position=0, differences_max=9
            )
            return found[0].number

    return asyncio.run(scene())


@pytest.fixture
def number(reader: Reader, database_url: str, owner_url: str, book: int) -> int:
    """Give the number of what found two differences, to somebody of finance."""
    found = a_differing_day(database_url, owner_url, book)
    seat(reader, database_url, book, "finance")
    return found


def test_what_a_shop_owes_by_late_refunds_is_on_its_account_and_statement(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    async def refund() -> tuple[int, int]:
        async with opened(database_url) as market:
            attempt, first = await settled(market, book)
            await market.ask(made(book, attempt.out_trade_no, attempt.amount_fen))
            return attempt.order_id, first.net_fen

    async def state(order_id: int) -> int:
        async with opened(database_url) as market:
            later, _ = await settled(market, book)
            await settled_yesterday(owner_url, book, [order_id, later.order_id])
            await reversed_on(owner_url, book)
            stated = await market.ask(cut(book))
            assert isinstance(stated, money.StatementCut)
            return stated.net_fen - stated.netted_fen

    order_id, owed_fen = asyncio.run(refund())
    seat(reader, database_url, book, "finance")
    account = reader.get("/console/finance").text
    assert "结算后退的款，待扣回" in account
    assert price(owed_fen) in account
    given_fen = asyncio.run(state(order_id))
    page = reader.get("/console/finance").text
    assert "结算后退的款，待扣回" not in page
    path = page.split('<td><a href="')[1].partition('"')[0]
    statement = reader.get(path).text
    for said in (
        "结算后退的款",
        "本期扣回",
        "实得",
        "结算后退款",
        price(owed_fen),
        price(given_fen),
    ):
        assert said in statement
    file = reader.get(f"{path}/orders.csv").content.decode("utf-8-sig")
    assert len(file.splitlines()) == len(["heading", "order", "late", "order", "sum"])


def test_the_account_leads_to_statements_and_their_orders(reader: Reader, number: int) -> None:
    assert number
    page = reader.get("/console/finance").text
    assert "钱在哪里" in page
    assert str(yesterday()) in page
    path = page.split('<td><a href="')[1].partition('"')[0]
    shown = reader.get(path).text
    assert "微信手续费" in shown
    file = reader.get(f"{path}/orders.csv")
    assert file.headers["content-type"].startswith("text/csv")
    lines = file.text.splitlines()
    assert lines[0].startswith("\ufeff订单号")
    assert lines[-1].startswith("合计")
    assert reader.get("/console/finance/statements/1").status_code == 404
    assert reader.get(f"/console/finance/statements/{2**70}").status_code == 404


def test_the_fund_bill_and_what_wechat_says_stand_beside_a_difference(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            attempt = await paid(market, book)
            await let_a_day_pass(owner_url, book)
            line = line_of(attempt)
            day = day_of(book, yesterday(), line)
            await market.ask(msgspec.structs.replace(day, flows=()))
            found = await market.look(
                money.books.open_differences, book=book, number=0, position=0, differences_max=9
            )
            assert [each.kind for each in found] == ["flow_missing"]
            note = money.NoteAnswer(
                key=uuid4(), book=book, actor_id=0, number=found[0].number, position=1,
                state="NOTPAY", amount_fen=1_234,
            )  # fmt: skip
            assert isinstance(await market.ask(note), money.AnswerNoted)

    asyncio.run(scene())
    seat(reader, database_url, book, "finance")
    page = reader.get(LIST).text
    for said in ("资金账单里没有", "交易账单", "问微信，答", "没有付", price(1_234)):
        assert said in page
    day = reader.get(f"/console/finance/days/{yesterday()}").text
    assert "也和资金账单逐笔对照过，0 行。" in day


def test_a_day_sums_to_zero_beside_the_bill(reader: Reader, number: int) -> None:
    assert number
    page = reader.get("/console/finance/days").text
    assert f"/console/finance/days/{yesterday()}" in page
    assert "2 笔对不上" in page
    day = reader.get(f"/console/finance/days/{yesterday()}").text
    assert "未结算的货款" in day
    foot = day.split("<tfoot>")[1].partition("</tfoot>")[0]
    assert price(0) in foot, "what came and what went are one"
    assert reader.get("/console/finance/days/x").status_code == 404
    assert reader.get("/console/finance/days/0001-01-01").status_code == 404
    nothing = reader.get("/console/finance/days/2020-02-02").text
    assert "这一天没有钱进出" in nothing
    assert "这一天还没有对账" in nothing


def test_a_difference_is_worked_off_by_one_person_or_by_two(
    reader: Reader, database_url: str, owner_url: str, book: int, number: int
) -> None:
    page = reader.get(LIST).text
    assert "金额不同" in page
    assert "&lt;not ours&gt;" in page
    small, large = f"{LIST}/{number}/1", f"{LIST}/{number}/2"
    form = fields(page) | {"note": " "}
    assert reader.post(small, form).status_code == 409
    assert "请写下查到的原因" in reader.post(small, form).text
    assert reader.post(small, form | {"note": "客服确认过"}).headers["location"] == LIST
    assert "这一笔结束了" in reader.get(LIST).text
    form = fields(reader.get(LIST).text)
    assert reader.post(large, form | {"note": "另一套系统的"}).status_code == 303
    again = fields(reader.get(LIST).text) | {"note": "我再说一次"}
    assert "请另一位同事也核实一次" in reader.post(large, again).text
    assert len(asyncio.run(rows(owner_url, OPEN, book))) == 1
    seat(reader, database_url, book, "owner")
    last = fields(reader.get(LIST).text) | {"note": "看过了，同意"}
    assert reader.post(large, last).status_code == 303
    assert "没有差异" in reader.get(LIST).text
    ended = reader.get(f"{LIST}?of=ended").text
    assert ended.count("有人核实") == 2
    again = last | {"key": fields(reader.get("/console/settings/payment").text)["key"]}
    assert "已经结束了" in reader.post(large, again).text
    assert reader.post(f"{LIST}/{number}/9", again).status_code == 404
    assert reader.post(f"{LIST}/{2**70}/{2**40}", again).status_code == 404


def test_what_is_not_finance_sees_no_books(reader: Reader, database_url: str, book: int) -> None:
    seat(reader, database_url, book, "orders")
    assert reader.get("/console/finance").status_code == 403
