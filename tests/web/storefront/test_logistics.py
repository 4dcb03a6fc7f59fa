"""Logistics on the phone: a parcel's scans as a line of time, its buyer's alone."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import asyncpg
import pytest

from jishi import fulfilment
from jishi.fulfilment.tracking import rules
from tests.conftest import opened
from tests.web.reader import Reader, change, words
from tests.web.storefront.test_after_sale import pay
from tests.web.storefront.test_parcels import BY_PARCEL, ship


async def heard(url: str, owner_url: str, book: int, *states: str) -> None:
    """Let the carrier have noted these of the book's only parcel."""
    owner = await asyncpg.connect(owner_url)
    try:
        (row,) = await owner.fetch(
            "select number, carrier, tracking_number from fulfilment.parcels where book = $1", book
        )
    finally:
        await owner.close()
    scans = tuple(
        rules.kept(datetime(2026, 11, 1 + day, tzinfo=UTC), state, "深圳转运中心", f"<{state}>")
        for day, state in enumerate(states)
    )
    async with opened(url) as market:
        noted = fulfilment.TrackParcel(
            key=uuid4(), book=book, actor_id=0, parcel=row["number"], carrier=row["carrier"],
            tracking_number=row["tracking_number"], scans=scans,
        )  # fmt: skip
        told = await market.ask(noted, wait=5)
    assert isinstance(told, fulfilment.ParcelTracked), told


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh-CN", ("等快递公司揽收", "运输中", "查看物流")),
     ("en", ("Waiting for the carrier", "In transit", "See where it is"))],
)  # fmt: skip
def test_a_buyer_sees_where_his_parcel_is(
    reader: Reader, book: int, database_url: str, owner_url: str, language: str,
    said: tuple[str, str, str],
) -> None:  # fmt: skip
    reader.language = language
    order = reader.order(book)
    asyncio.run(pay(database_url, owner_url, book, "paid"))
    asyncio.run(change(owner_url, (f"{BY_PARCEL} where book = $1", [book])))
    assert reader.get(f"{order}/logistics").status_code == 404, "nothing was sent"
    asyncio.run(ship(database_url, owner_url, book, 1))
    page = reader.get(f"{order}/logistics")
    assert page.status_code == 200
    assert said[0] in words(page.text)
    asyncio.run(heard(database_url, owner_url, book, "accepted", "in_transit"))
    told = words(reader.get(f"{order}/logistics").text)
    assert told.index("<in_transit>") < told.index("<accepted>"), "the newest first"
    assert said[1] in told
    seen = words(reader.get(order).text)
    assert "深圳转运中心" in seen
    assert said[2] in seen
    reader.forget()
    reader.order(book, number=2)
    assert reader.get(f"{order}/logistics").status_code == 404
