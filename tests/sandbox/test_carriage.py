"""The carrier that plays here: parcels move by the clock; trouble is armed until it is too late."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.sandbox.scene import Scene, a_sandbox

HOUR = 3_600


def test_a_parcel_moves_by_the_clock_alone(stage: str) -> None:
    async def scene() -> None:
        async with a_sandbox(stage) as here:
            parcel = {"carrier": "SF", "tracking_number": new_number()}
            assert await states(here, parcel) == ["accepted"]
            assert await states(here, parcel) == ["accepted"]
            await here.advance(3 * HOUR)
            assert await states(here, parcel) == ["accepted", "in_transit"]
            await here.advance(22 * HOUR)
            assert (await states(here, parcel))[-1] == "out_for_delivery"
            await here.advance(4 * HOUR)
            assert (await states(here, parcel))[-1] == "delivered"
            await here.advance(900 * HOUR)
            assert (await states(here, parcel))[-1] == "delivered"
            kept = await here.control("GET", "/sandbox/carrier/parcels")
            mine = next(
                each for each in kept["parcels"] if each["parcel"].items() >= parcel.items()
            )
            assert (mine["may_fail"], len(mine["scans"])) == (False, 5)

    asyncio.run(scene())


@pytest.mark.parametrize("trouble", ["lost", "returned"])
def test_trouble_that_was_armed_comes(stage: str, trouble: str) -> None:
    async def scene() -> None:
        async with a_sandbox(stage) as here:
            parcel = {"carrier": "ZTO", "tracking_number": new_number()}
            assert await armed(here, parcel, trouble) == 404
            await states(here, parcel)
            assert await armed(here, parcel, "eaten") == 400
            assert await armed(here, parcel, trouble) == 204
            await here.advance(100 * HOUR)
            found = await states(here, parcel)
            assert found[-1] == trouble
            assert "delivered" not in found
            assert await armed(here, parcel, "") == 400, "it is too late"

    asyncio.run(scene())


def test_what_stands_on_no_label_is_known_to_nobody(stage: str) -> None:
    async def scene() -> None:
        async with a_sandbox(stage) as here:
            for number in ("", "1 2", '"', "x" * 41):
                parcel = {"carrier": "SF", "tracking_number": number}
                answer = await here.http.post("/sandbox/carrier/queries", json=parcel)
                assert answer.status_code == 404

    asyncio.run(scene())


def new_number() -> str:
    """Give a number that nobody asked after."""
    return f"T{uuid4().hex[:20]}"


async def states(here: Scene, parcel: dict[str, str]) -> list[str]:
    """Ask how a parcel stood."""
    answer: dict[str, Any] = await here.control("POST", "/sandbox/carrier/queries", parcel)
    return [each["state"] for each in answer["scans"]]


async def armed(here: Scene, parcel: dict[str, str], trouble: str) -> int:
    """Arm trouble; give the status."""
    told = {**parcel, "trouble": trouble}
    return (await here.http.post("/sandbox/carrier/troubles", json=told)).status_code
