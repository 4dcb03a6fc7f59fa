"""Today: figures of this shop alone, each true; who may not see one does not."""

import asyncio
from datetime import timedelta

from jishi.kernel import MARKET
from tests.web.console.desk import seat
from tests.web.reader import Reader, change, fields, words


def figures(text: str) -> list[int]:
    """Give the numbers on the page, in its order."""
    said = words(text)
    names = ("待付款订单", "待发货订单", "待自提订单", "今天付款订单")
    return [int(said.partition(name)[2].split()[0]) for name in names]


def test_the_figures_are_of_this_shop_and_true(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    for number in (1, 1, 2):
        reader.order(book, number)
    seat(reader, database_url, book, "owner")
    page = reader.get("/console").text
    assert figures(page) == [3, 0, 0, 0]
    assert "¥0.00" in page
    paid = (
        "with paid as (update trade.orders set state = 'paid' where book = $1 and order_id ="
        " (select min(order_id) from trade.orders where book = $1 and state <> 'paid')"
        " returning book, order_id)"
        " insert into trade.order_steps (book, order_id, number, state, at, actor_id, reason)"
        " select book, order_id, 1000, 'paid', now() - $2::interval, 0, '' from paid"
    )
    asyncio.run(change(owner_url, (paid, [book, timedelta(days=1)])))
    page = reader.get("/console").text
    assert figures(page) == [2, 1, 0, 0], "yesterday's payment is not today's"
    assert "¥0.00" in page
    asyncio.run(change(owner_url, (paid, [book, timedelta()])))
    page = reader.get("/console").text
    assert figures(page) == [1, 2, 0, 1]
    assert "¥10.01" in page


def test_who_has_no_part_in_orders_or_money_sees_none(
    reader: Reader, database_url: str, book: int
) -> None:
    seat(reader, database_url, book, "goods")
    page = reader.get("/console").text
    assert "待付款" not in page
    assert "卡住的待办" not in page
    seat(reader, database_url, book, "orders")
    page = reader.get("/console").text
    assert "待付款" in page
    assert "今天收款" not in page


def test_an_operator_sees_what_got_stuck_and_chooses_a_shop(
    reader: Reader, database_url: str
) -> None:
    seat(reader, database_url, MARKET, "operator")
    page = reader.get("/console").text
    assert "卡住的待办" in page
    assert "先选一家小店" in page
    assert "待付款" not in page


def test_the_console_is_read_in_english_too(reader: Reader, database_url: str, book: int) -> None:
    seat(reader, database_url, book, "owner")
    reader.language = "en"
    page = words(reader.get("/console").text)
    assert "Awaiting payment" in page
    assert f"Tea shop {book}" in page
    han = [letter for letter in page if "一" <= letter <= "鿿" and letter not in "简体中文"]
    assert not han, "".join(han)
    assert fields(reader.get("/console").text)["form"]
