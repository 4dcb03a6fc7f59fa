"""Same-city delivery on the phone: offered where the shop comes, charged, and seen on its way."""

import asyncio
from html import unescape
from uuid import uuid4

import pytest

from jishi import fulfilment
from jishi.web.couriers import Courier, sealed
from tests.conftest import opened
from tests.trade.test_set_same_city import set_terms
from tests.web.console.desk import ask_all
from tests.web.person import sign_in
from tests.web.reader import ORDERS, Reader, checkout_path, count, fields, words
from tests.web.storefront.test_addresses import save
from tests.web.storefront.test_after_sale import pay

WESTLAKE = "330106"
SENT = "select count(*) from trade.orders where book = $1 and delivery = 'same_city' \
        and freight_fen = $2"
ORDER = "select order_id from trade.orders where book = $1"


@pytest.fixture
def there(reader: Reader, database_url: str, book: int) -> str:
    """Give the checkout of somebody who lives where the shop comes."""
    asyncio.run(ask_all(database_url, set_terms(book, divisions=[WESTLAKE], free_from_fen=0)))
    sign_in(reader)
    save(reader)
    return checkout_path(book, quantity=2)


def by_courier(reader: Reader, path: str) -> str:
    """Give the address to which the link of same-city delivery leads."""
    page = unescape(reader.get(path).text)
    ending = "&by0=same_city"
    start = page[: page.index(ending)].rpartition('href="')[2]
    return f"{start}{ending}"


def test_a_shop_that_comes_is_offered_and_charged(
    reader: Reader, owner_url: str, book: int, there: str
) -> None:
    page = words(reader.get(there).text)
    assert "商家送上门，配送费 ¥6.00。" in page
    assert "免运费" in page, "a parcel is chosen at first"
    chosen = by_courier(reader, there)
    form = fields(reader.get(chosen).text)
    assert (form["by0"], form["freight0"]) == ("same_city", "600")
    assert reader.post(ORDERS, form).status_code == 303
    assert asyncio.run(count(owner_url, SENT, book, 600)) == 1


def test_what_changed_meanwhile_is_said_and_stays_chosen(
    reader: Reader, database_url: str, owner_url: str, book: int, there: str
) -> None:
    form = fields(reader.get(by_courier(reader, there)).text)
    dearer = set_terms(book, divisions=[WESTLAKE], fee_fen=800, free_from_fen=0)
    asyncio.run(ask_all(database_url, dearer))
    refused = reader.post(ORDERS, form)
    assert refused.status_code == 409
    assert "运费原来是 ¥6.00" in words(refused.text)
    again = fields(refused.text)
    assert (again["by0"], again["freight0"]) == ("same_city", "800")
    assert reader.post(ORDERS, again).status_code == 303
    assert asyncio.run(count(owner_url, SENT, book, 800)) == 1


def test_a_small_order_says_how_much_is_missing(reader: Reader, book: int, there: str) -> None:
    small = by_courier(reader, checkout_path(book))
    page = reader.get(small)
    assert "满 ¥20.00 起送，还差 ¥9.99。" in words(page.text)
    assert 'form="order" disabled' in page.text
    refused = reader.post(ORDERS, fields(page.text))
    assert "还不到起送金额" in words(refused.text)
    assert there


def test_elsewhere_it_is_not_offered(
    reader: Reader, database_url: str, owner_url: str, book: int, there: str
) -> None:
    for terms in ({"divisions": ["330105"]}, {"divisions": [WESTLAKE], "is_offered": False}):
        asyncio.run(ask_all(database_url, set_terms(book, **terms)))
        page = reader.get(f"{there}&by0=same_city")
        assert "商家送上门" not in words(page.text)
        form = {**fields(page.text), "by0": "same_city"}
        assert reader.post(ORDERS, form).status_code == 303, "it goes by parcel"
    assert asyncio.run(count(owner_url, SENT, book, 600)) == 0


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_buyer_sees_who_brings_it_until_he_has_it(
    reader: Reader, database_url: str, owner_url: str, book: int, there: str, language: str
) -> None:
    reader.language = language
    form = fields(reader.get(by_courier(reader, there)).text)
    order = reader.post(ORDERS, form).headers["location"]
    asyncio.run(pay(database_url, owner_url, book, "paid"))
    page = reader.get(order)
    assert "文三路 100 号" in page.text
    assert "13900139000" not in page.text
    order_id = asyncio.run(count(owner_url, ORDER, book))
    secret = reader.client.app.state["house"].secret

    async def send_out() -> None:
        async with opened(database_url) as market:
            sent = await market.ask(
                fulfilment.SendOut(
                    key=uuid4(), book=book, actor_id=5, order_id=order_id,
                    sealed=sealed(secret, book, order_id, Courier("小李", "13900139000")),
                )
            )  # fmt: skip
            assert isinstance(sent, fulfilment.OrderSentOut), sent

    asyncio.run(send_out())
    page = reader.get(order)
    assert "小李" in page.text
    assert 'href="tel:13900139000"' in page.text
    assert ("正在路上" if language == "zh-CN" else "On its way to you") in words(page.text)
    assert reader.get(f"{order}/logistics").status_code == 404
    token = fields(page.text)["form"]
    assert reader.post(f"{order}/receipt", {"form": token}).status_code == 303
    assert "13900139000" not in reader.get(order).text
