"""Parcels on the phone: what is on its way, and that it came."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest

from jishi import fulfilment
from jishi.fulfilment import Packed
from tests.conftest import opened
from tests.web.reader import Reader, change, fields, words
from tests.web.storefront.test_after_sale import pay

BY_PARCEL = "update trade.orders set delivery = 'parcel', division = '440305', address_id = 7"
ORDER = "select order_id from trade.orders where book = $1 order by order_id limit 1"


async def ship(url: str, owner_url: str, book: int, units: int) -> None:
    """Ship units of the first line of the first order of a book."""
    owner = await asyncpg.connect(owner_url)
    try:
        order_id = await owner.fetchval(ORDER, book)
    finally:
        await owner.close()
    async with opened(url) as market:
        sent = await market.ask(
            fulfilment.ShipParcel(
                key=uuid4(), book=book, actor_id=5, order_id=order_id, lines=(Packed(1, units),),
                carrier="SF", tracking_number=f"SF0000{units}",
            )
        )  # fmt: skip
    assert isinstance(sent, fulfilment.ParcelShipped), sent


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_buyer_sees_his_parcels_and_confirms(
    reader: Reader, book: int, database_url: str, owner_url: str, language: str
) -> None:
    reader.language = language
    order = reader.order(book, quantity=3)
    asyncio.run(pay(database_url, owner_url, book, "paid"))
    asyncio.run(change(owner_url, (f"{BY_PARCEL} where book = $1", [book])))
    token = fields(reader.get(order).text)["form"]
    early = reader.post(f"{order}/receipt", {"form": token})
    assert early.status_code == 409
    asyncio.run(ship(database_url, owner_url, book, 1))
    page = reader.get(order)
    assert "SF00001" in page.text
    assert ("部分已发货" if language == "zh-CN" else "Shipped in part") in words(page.text)
    assert f"{order}/receipt" not in page.text
    asyncio.run(ship(database_url, owner_url, book, 2))
    page = reader.get(order)
    assert f"{order}/receipt" in page.text
    assert reader.post(f"{order}/receipt", {"form": token}).status_code == 303
    assert ("您确认收货了" if language == "zh-CN" else "You confirmed") in words(
        reader.get(order).text
    )
    reader.forget()
    reader.order(book, number=2)
    stranger = fields(reader.get("/language").text)["form"]
    assert reader.post(f"{order}/receipt", {"form": stranger}).status_code == 404


def test_of_an_order_sent_in_part_each_line_is_asked_about_as_it_stands(
    reader: Reader, book: int, database_url: str, owner_url: str
) -> None:
    order = reader.order(book, quantity=3)
    asyncio.run(pay(database_url, owner_url, book, "paid"))
    asyncio.run(change(owner_url, (f"{BY_PARCEL} where book = $1", [book])))
    unsent = words(reader.get(f"{order}/after-sale?line=1").text)
    assert "退货退款" not in unsent
    asyncio.run(ship(database_url, owner_url, book, 1))
    assert "退货退款" in words(reader.get(f"{order}/after-sale?line=1").text)
