"""Parcels by the API: shipped once for a key, corrected, listed with where they are."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import asyncpg
import pytest

from jishi import fulfilment
from jishi.fulfilment.tracking import rules
from tests.conftest import opened
from tests.fulfilment.parcel_scene import bought
from tests.web.api.conftest import Program

ORDER = "select public_id from trade.orders where order_id = $1"
LINE = {"position": 1, "quantity": 3}
BODY = {"carrier": "SF", "tracking_number": "SF1234567", "lines": [LINE]}


@pytest.fixture
def paid(program: Program, database_url: str, owner_url: str) -> str:
    """Give the path of a paid order, and make the program its shop's."""

    async def scene() -> tuple[int, str]:
        async with bought(database_url, owner_url) as on:
            return on.book, str(await on.owner.fetchval(ORDER, on.order_id))

    program.book, order = asyncio.run(scene())
    program.token = program.key("orders:read", "orders:write")
    return f"/orders/{order}"


def test_an_order_is_shipped_in_parts_and_a_number_put_right(program: Program, paid: str) -> None:
    assert program.get(f"{paid}/parcels").json() == {
        "items": [], "left": [LINE, {"position": 2, "quantity": 2}]
    }  # fmt: skip
    assert [line["position"] for line in program.get(paid).json()["lines"]] == [1, 2]
    answers = [program.post(f"{paid}/parcels", BODY, "one") for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json() == answers[1].json() == {"state": "partly_shipped", **BODY}
    again = program.post(f"{paid}/parcels", BODY)
    assert (again.status_code, again.json()["reason"]) == (409, "units_not_left")
    rest = {**BODY, "carrier": "中通快递", "lines": [{"position": 2, "quantity": 2}]}
    sent = program.post(f"{paid}/parcels", rest).json()
    assert (sent["state"], sent["carrier"]) == ("shipped", "ZTO")
    first, second = program.get(f"{paid}/parcels").json()["items"]
    assert (first["lines"], first["scans"]) == ([LINE], [])
    path = f"{paid}/parcels/{second['parcel']}/corrections"
    right = {"carrier": "YTO", "tracking_number": "YT1111111"}
    assert program.post(path, right).json() == right
    found = program.get(f"{paid}/parcels").json()
    assert found["items"][1].items() >= right.items()
    assert found["left"] == []


def test_where_a_parcel_is_stands_beside_it(program: Program, paid: str) -> None:
    program.post(f"{paid}/parcels", BODY)
    (parcel,) = program.get(f"{paid}/parcels").json()["items"]
    at = datetime(2026, 11, 1, tzinfo=UTC)
    noted = fulfilment.TrackParcel(
        key=uuid4(), book=program.book, actor_id=0, parcel=parcel["parcel"], carrier="SF",
        tracking_number="SF1234567", scans=(rules.kept(at, "accepted", "深圳", "已揽收"),),
    )  # fmt: skip

    async def track() -> None:
        async with opened(program.url) as market:
            assert isinstance(await market.ask(noted), fulfilment.ParcelTracked)

    asyncio.run(track())
    (parcel,) = program.get(f"{paid}/parcels").json()["items"]
    assert parcel["scans"] == [
        {"at": "2026-11-01T00:00:00Z", "state": "accepted", "place": "深圳", "words": "已揽收"}
    ]


def test_what_is_refused_is_a_problem_and_changes_nothing(
    program: Program, paid: str, owner_url: str
) -> None:
    reader = program.key("orders:read")
    for path, body, status, reason in (
        (f"{paid}/parcels", {**BODY, "carrier": "pigeon"}, 409, "parcel_untraceable"),
        (f"{paid}/parcels", {**BODY, "lines": []}, 409, "packing_unclear"),
        (f"{paid}/parcels", {**BODY, "lines": [{"position": 10**30, "quantity": 1}]}, 409,
         "units_not_left"),
        (f"{paid}/parcels", {"carrier": "SF"}, 400, "malformed"),
        ("/orders/none/parcels", BODY, 404, "order_unknown"),
        (f"{paid}/parcels/{2**70}/corrections", {"carrier": "SF", "tracking_number": "SF1234567"},
         404, "parcel_unknown"),
    ):  # fmt: skip
        answer = program.post(path, body)
        assert (answer.status_code, answer.json()["reason"]) == (status, reason), path
        assert answer.headers["content-type"] == "application/problem+json"
    refused = program.post(f"{paid}/parcels", BODY, authorization=f"Bearer {reader}")
    assert (refused.status_code, refused.json()["reason"]) == (403, "scope_missing")
    assert asyncio.run(parcels(owner_url, program.book)) == 0


async def parcels(owner_url: str, book: int) -> int:
    """Count the parcels of a shop."""
    owner = await asyncpg.connect(owner_url)
    try:
        found: int = await owner.fetchval(
            "select count(*) from fulfilment.parcels where book = $1", book
        )
        return found
    finally:
        await owner.close()
