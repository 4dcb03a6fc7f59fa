"""A shop is told of its paid orders and its cases: who may deal with them, and nobody else."""

import asyncio
import re
from html import unescape

import pytest

from jishi.after_sale import news as after_sale_news
from jishi.fulfilment import news as fulfilment_news
from jishi.kernel import Reaction, new_id
from jishi.trade import news as trade_news
from tests.conftest import opened
from tests.shops import seed_shops
from tests.web.console.desk import seat
from tests.web.console.test_after_sale import opened_case
from tests.web.console.test_stuck import sent
from tests.web.picked_up import waiting
from tests.web.reader import Reader, change, fields, words
from tests.web.storefront.test_logistics import heard

DUE = "update kernel.todos set due_at = now() where book = $1"


def badge(text: str) -> str:
    """Give the number beside 今天, nothing where there is none."""
    found = re.search(r"今天<b class=\"news\">([^<]+)</b>", text)
    return found[1] if found else ""


async def follow(url: str) -> None:
    """Do all that is due."""
    async with opened(url) as market:
        while await market.worker.work_due():
            pass


def test_a_paid_order_is_news_once_and_only_for_who_handles_orders(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    reader.order(book, 2)
    seat(reader, database_url, book, "orders")
    page = unescape(reader.get("/console").text)
    assert badge(page) == ""
    assert "新消息" not in page, "an order that nobody paid is no news"
    its = waiting(reader, database_url, owner_url, book)
    page = unescape(reader.get("/console").text)
    assert badge(page) == "1"
    way = f"/console/orders/{its.path.rpartition('/')[2]}"
    assert way in page
    assert reader.get(way).status_code == 200
    assert "新订单已付款" in words(page)
    seat(reader, database_url, book, "goods")
    page = unescape(reader.get("/console").text)
    assert (badge(page), "新订单已付款" in page) == ("", False), "goods has no part in orders"
    seat(reader, database_url, book, "owner")
    form = fields(reader.get("/console").text)
    assert reader.post("/console/notices/seen", form).status_code == 303
    page = unescape(reader.get("/console").text)
    assert badge(page) == ""
    assert "新消息" not in page
    assert "新订单已付款" in reader.get("/console/notices").text, "read, it is still found"


def test_a_case_leads_to_where_it_is_answered(
    reader: Reader, database_url: str, owner_url: str
) -> None:
    book, case = opened_case(database_url, owner_url, "refund_only", "paid")
    asyncio.run(change(owner_url, (DUE, [book])))
    asyncio.run(follow(database_url))
    seat(reader, database_url, book, "service")
    page = unescape(reader.get("/console").text)
    assert case in page
    assert "48 小时" in words(page)
    other = new_id() >> 20
    asyncio.run(seed_shops(owner_url, other))
    seat(reader, database_url, other, "owner")
    page = reader.get("/console/notices").text
    assert case not in page
    assert "还没有消息" in page


def test_the_list_goes_on_by_its_last_notice(
    reader: Reader, database_url: str, book: int, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jishi.web.console.notices.ROWS", 1)
    for _ in range(2):
        waiting(reader, database_url, owner_url, book)
    seat(reader, database_url, book, "orders")
    first = unescape(reader.get("/console/notices").text)
    more = re.search(r'href="(/console/notices\?before=\d+)"', first)
    assert more
    assert first.count("新订单已付款") == reader.get(more[1]).text.count("新订单已付款") == 1


def test_every_way_to_be_told_is_known() -> None:
    told = [reaction for name, reaction in Reaction.known.items() if ".tell_" in name]
    assert {each.react for each in told} == {
        trade_news.tell_paid, trade_news.tell_free, after_sale_news.tell,
        fulfilment_news.tell_troubled,
    }  # fmt: skip
    assert {each.event for each in told} >= set(after_sale_news.KINDS)


def test_a_parcel_in_trouble_is_news_for_whoever_ships(
    reader: Reader, database_url: str, owner_url: str
) -> None:
    book, number, path = sent(reader, database_url, owner_url, "1 day")
    asyncio.run(heard(database_url, owner_url, book, "accepted"))
    assert "快递出了问题" not in words(reader.get("/console/notices").text)
    asyncio.run(heard(database_url, owner_url, book, "accepted", "lost"))
    page = unescape(reader.get("/console/notices").text)
    assert "快递出了问题，请联系快递公司" in words(page)
    assert number in words(page)
    assert f'href="{path}"' in page
    seat(reader, database_url, book, "service")
    assert "快递出了问题" not in words(reader.get("/console/notices").text)
