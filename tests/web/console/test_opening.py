"""Before a shop opens: a list that is true, a gate that holds, a closing with notice."""

import asyncio
from html import unescape

from jishi.kernel import MARKET
from tests.goods.test_state_licence import CODE
from tests.shops import sku_of
from tests.web.console.desk import seat
from tests.web.reader import Reader, change, fields, product_path, words
from tests.web.storefront.test_after_sale import pay

PAID = (
    "insert into trade.order_steps (book, order_id, number, state, at, actor_id, reason)"
    " select book, order_id, 1000, 'paid', now(), 0, '' from trade.orders where book = $1"
)
LICENCE = {
    "legal_name": "青石茶业有限公司", "registration": CODE, "exemption": "", "phone": "0571-1",
}  # fmt: skip


def send(reader: Reader, path: str, **form: str) -> str:
    """Send one of the page's forms; give what it says then."""
    token = fields(reader.get("/console/opening").text)["form"]
    answer = reader.post(path, {"form": token, **form})
    return words(reader.get("/console/opening").text if answer.status_code == 303 else answer.text)


def shown(reader: Reader, book: int) -> str:
    """Give the front page from a seeded shop's goods on, whatever is newer than they."""
    return unescape(reader.get(f"/?before={sku_of(book, 4)}").text)


def test_a_shop_goes_through_its_list_and_opens(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    seat(reader, database_url, MARKET, "operator")
    token = fields(reader.get("/console/shops").text)["form"]
    reader.post("/console/shops", {"form": token, "book": str(book), "back": "/console"})
    said = send(reader, "/console/opening", state="trial")
    assert "试营业中，只有拿到链接的人能买" in said
    product = product_path(book, 1)
    assert 'id="buy"' in reader.get(product).text, "whoever has the link buys"
    assert product not in shown(reader, book)
    assert "才能开业" in said
    refused = send(reader, "/console/opening", state="open")
    assert "还不能开业" in refused
    wrong = send(reader, "/console/opening/licence", of="shop", **{**LICENCE, "registration": "1"})
    assert "统一社会信用代码不对" in wrong
    assert "青石茶业有限公司" not in words(reader.get(f"/shops/shop-{book}/about").text)
    assert "主体信息已公示" in send(reader, "/console/opening/licence", of="shop", **LICENCE)
    about = words(reader.get(f"/shops/shop-{book}/about").text)
    assert "青石茶业有限公司" in about
    assert CODE in about
    assert "试营业" in about
    markets = {**LICENCE, "legal_name": "集市运营有限公司"}
    send(reader, "/console/opening/licence", of="market", **markets)
    assert "集市运营有限公司" in words(reader.get("/legal/about").text)
    assert "还有 2 项" in words(reader.get("/console/opening").text), "paying, and a payment"
    reader.order(book)
    asyncio.run(change(owner_url, (PAID, [book])))
    assert "还有 1 项" in words(reader.get("/console/opening").text), "nothing pays here"
    assert "还不能开业" in send(reader, "/console/opening", state="open")


def test_a_shop_that_has_sold_closes_with_notice(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    reader.order(book)
    asyncio.run(pay(database_url, owner_url, book, "paid"))
    seat(reader, database_url, book, "owner")
    said = send(reader, "/console/opening", state="closing", in_days="3")
    assert "停业要提前公示" in said
    assert "停业已公示" in send(reader, "/console/opening", state="closing", in_days="30")
    assert "停业，已下的订单照常履行" in words(reader.get(f"/shops/shop-{book}/about").text)
    assert 'id="buy"' in reader.get(product_path(book, 1)).text, "until then it sells"


def test_the_sample_shop_is_removed_by_one_act(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    reader.order(book)
    asyncio.run(pay(database_url, owner_url, book, "paid"))
    seat(reader, database_url, book, "owner")
    assert "移除示例小店" not in words(reader.get("/console/opening").text)
    sample = {**LICENCE, "registration": "", "exemption": "sample"}
    assert "移除示例小店" in send(reader, "/console/opening/licence", of="shop", **sample)
    assert product_path(book, 1) in shown(reader, book)
    assert "停业已公示" in send(reader, "/console/opening", state="closing", in_days="0")
    assert product_path(book, 1) not in shown(reader, book)
    assert 'id="buy"' not in reader.get(product_path(book, 1)).text


def test_nobody_of_a_shop_speaks_for_the_market(
    reader: Reader, database_url: str, book: int
) -> None:
    before = words(reader.get("/legal/about").text)
    seat(reader, database_url, book, "owner")
    assert 'value="market"' not in reader.get("/console/opening").text
    send(reader, "/console/opening/licence", of="market", **LICENCE)
    assert words(reader.get("/legal/about").text).split("公示")[0] == before.split("公示")[0]
    assert "青石茶业有限公司" in words(reader.get(f"/shops/shop-{book}/about").text), "for itself"
