"""Stuck parcels at the desk: listed while somebody should ask about them, each shop its own."""

import asyncio

import pytest

from tests.web.console.desk import seat
from tests.web.console.test_shipping import a_paid_order
from tests.web.reader import Reader, change, fields, words
from tests.web.storefront.test_logistics import heard

AGO = "update fulfilment.parcels set shipped_at = now() - '{ago}'::interval where book = $1"


def sent(reader: Reader, url: str, owner_url: str, ago: str) -> tuple[int, str, str]:
    """Ship an order, so long ago; give its book, number, and page."""
    book, order_id, number = a_paid_order(url, owner_url)
    seat(reader, url, book, "orders")
    path = f"/console/shipping/{order_id}"
    form = {**fields(reader.get(path).text), "carrier": "SF", "tracking_number": "SF1234567"}
    assert reader.post(f"{path}/parcels", form).status_code == 303
    since = "set local session_replication_role = replica"
    asyncio.run(change(owner_url, (since, []), (AGO.format(ago=ago), [book])))
    return book, number, path


@pytest.mark.parametrize(
    ("ago", "states", "said"),
    [
        ("1 day", (), ""),
        ("4 days", (), "没有消息"),
        ("1 day", ("accepted", "lost"), "已丢失"),
        ("1 day", ("returned",), "已退回"),
        ("4 days", ("accepted", "delivered"), ""),
    ],
)
def test_what_is_stuck_is_listed(
    reader: Reader, database_url: str, owner_url: str, ago: str, states: tuple[str, ...], said: str
) -> None:
    book, number, path = sent(reader, database_url, owner_url, ago)
    if states:
        asyncio.run(heard(database_url, owner_url, book, *states))
        assert f"<{states[-1]}>" in words(reader.get(path).text)
    page = reader.get("/console/shipping/stuck")
    assert (number in page.text) == bool(said)
    assert (said or "没有卡住的包裹") in words(page.text)
    assert "还没有接通快递查询" in page.text
    other, _ = a_paid_order(database_url, owner_url)[:2]
    seat(reader, database_url, other, "orders")
    assert number not in reader.get("/console/shipping/stuck").text
