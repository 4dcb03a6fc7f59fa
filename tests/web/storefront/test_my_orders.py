"""A shopper's lists: each order where it stands, counted, a page at a time; and once more."""

import asyncio

from jishi.trade.mine.views import TABS
from jishi.trade.rules import TRANSITIONS
from tests.shops import sku_of
from tests.web.picked_up import waiting
from tests.web.reader import Reader, change, fields, words

STATE = "update trade.orders set state = $2 where book = $1 and public_id = $3"


def listed(reader: Reader, tab: str) -> str:
    """Read a list."""
    return reader.get(f"/orders?tab={tab}").text.replace("&#x2f;", "/")


def test_an_order_is_in_the_list_where_it_stands(reader: Reader, owner_url: str, book: int) -> None:
    order = reader.order(book)
    known = {state: tab for tab, states in TABS.items() for state in states}
    for state in sorted({each for pair in TRANSITIONS for each in pair}):
        asyncio.run(change(owner_url, (STATE, [book, state, order.rpartition("/")[2]])))
        there = [tab for tab in (*TABS, "after_sale") if order in listed(reader, tab)]
        assert there == ["all", *([known[state]] if state in known else [])], state
    assert order in listed(reader, "nonsense")
    reader.forget()
    assert order not in listed(reader, "all")


def test_lists_are_counted(reader: Reader, database_url: str, owner_url: str, book: int) -> None:
    assert "待付款" not in words(reader.get("/orders").text), "a guest without orders has no lists"
    reader.order(book)
    reader.order(book)
    waiting(reader, database_url, owner_url, book)
    said = words(reader.get("/orders").text)
    assert "待付款 2" in said
    assert "待收货 1" in said
    assert "待发货 待收货 1 售后" in said
    assert "这里现在是空的" in words(listed(reader, "to_ship"))


def test_a_list_goes_on_after_its_page(reader: Reader, book: int) -> None:
    made = [reader.order(book, number=n % 3 + 1) for n in range(21)]
    first = listed(reader, "to_pay")
    assert [each in first for each in made] == [False] + [True] * 20
    more = first.partition('class="more"')[2].partition('href="')[2].partition('"')[0]
    assert more.startswith("/orders?tab=to_pay&amp;before=")
    rest = reader.get(more.replace("&amp;", "&")).text.replace("&#x2f;", "/")
    assert [each in rest for each in made] == [True] + [False] * 20
    assert 'class="more"' not in rest


def test_a_case_is_listed_and_leads_to_its_page(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    its = waiting(reader, database_url, owner_url, book)
    form = fields(reader.get(f"{its.path}/after-sale?line=1").text)
    sent = {**form, "kind": "refund_only", "reason": "not_wanted", "quantity": "1"}
    answer = reader.send(f"{its.path}/after-sale", sent)
    assert answer.status_code == 303, words(answer.text)
    page = listed(reader, "after_sale")
    assert answer.headers["location"] in page
    assert "售后 1" in words(page)
    assert "等待商家处理" in words(page)
    assert "您申请了售后：仅退款" in words(reader.get(its.path).text)


def test_the_same_again_is_in_the_cart_and_what_is_gone_is_said(
    reader: Reader, owner_url: str, book: int
) -> None:
    order = reader.order(book, quantity=2)
    form = fields(reader.get(order).text)
    twice = [reader.post(f"{order}/again", form) for _ in range(2)]
    assert [each.headers["location"] for each in twice] == ["/cart?gone=0"] * 2
    cart = reader.get("/cart?gone=0").text
    assert "都放进购物车了" in words(cart)
    assert fields(cart)["quantity0"] == "2", "pressed twice it is put there once"
    gone = "update goods.skus set is_listed = false where book = $1 and sku_id = $2"
    asyncio.run(change(owner_url, (gone, [book, sku_of(book, 1)])))
    form = fields(reader.get(order).text)
    to = reader.post(f"{order}/again", form).headers["location"]
    assert to == "/cart?gone=1"
    assert "有 1 种商品现在没有了" in words(reader.get(to).text)
    reader.forget()
    form = {"form": fields(reader.get("/language").text)["form"], "key": form["key"]}
    assert reader.post(f"{order}/again", form).status_code == 404


def test_an_order_number_can_be_read_out_and_copied_whole(reader: Reader, book: int) -> None:
    page = reader.get(reader.order(book)).text
    number = page.partition('class="spoken">')[2].partition("</dd>")[0]
    parts = number.replace("<span>", "").split("</span>")[:-1]
    assert [len(each) for each in parts] == [2, 6, 4, 3]
    assert parts[0] == "JS"
