"""The voucher on its buyer's page: shown once paid, to nobody else, and gone once used."""

import asyncio
from uuid import uuid4

from jishi import fulfilment
from jishi.fulfilment.pickup import codes
from tests.conftest import opened
from tests.shops import STORE
from tests.web.picked_up import waiting
from tests.web.reader import Reader, change, checkout_path, words

FACTS = """
update goods.stores set whereabouts = '文三路 1 号', phone = '0571-1',
       hours = array_fill('00:00-24:00'::text, array[7])
 where book = $1
"""


def test_a_code_is_shown_to_its_buyer_once_paid(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    unpaid = words(reader.get(reader.order(book)).text)
    assert "提货码" not in unpaid
    its = waiting(reader, database_url, owner_url, book)
    asyncio.run(change(owner_url, (FACTS, [book])))
    page = reader.get(its.path)
    said = words(page.text)
    assert codes.spoken(its.code) in said
    assert "待取货" in said
    assert "总店" in said
    assert "文三路 1 号" in said
    assert "营业中，到 24:00" in said
    assert 'href="tel:0571-1"' in page.text
    assert "商品在门店备好了，等您来取" in said
    assert 'aria-label="提货二维码"><svg' in page.text
    assert page.headers["cache-control"] == "private, no-store"
    reader.forget()
    assert reader.get(its.path).status_code == 404


def test_a_code_is_gone_once_the_goods_are(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    its = waiting(reader, database_url, owner_url, book)

    async def hand_out() -> None:
        async with opened(database_url) as market:
            digest = codes.digest_of(reader.client.app.state["house"].secret, its.code)
            request = fulfilment.RedeemVoucher(
                key=uuid4(), book=book, actor_id=900, order_id=its.order_id, digest=digest,
                store_id=STORE,
            )  # fmt: skip
            assert isinstance(await market.ask(request), fulfilment.VoucherRedeemed)

    asyncio.run(hand_out())
    said = words(reader.get(its.path).text)
    assert codes.spoken(its.code) not in said
    assert "已收货" in said
    assert "取货时间" in said
    assert "您在门店取走了商品" in said


def test_the_checkout_says_where_it_is_collected(reader: Reader, owner_url: str, book: int) -> None:
    assert "文三路" not in words(reader.get(checkout_path(book)).text)
    asyncio.run(change(owner_url, (FACTS, [book])))
    said = words(reader.get(checkout_path(book)).text)
    assert "文三路 1 号" in said
    assert "营业中，到 24:00" in said
