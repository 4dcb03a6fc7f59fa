"""The live side, asking the carrier that plays here: the same answers, moved by the clock."""

import asyncio

import httpx
import pytest

from jishi.ports.carrier import STATES, Hook, NotKnown, Sought
from tests.sandbox.scene import a_running_sandbox


def test_a_parcel_is_followed_to_its_door(fresh_database: tuple[str, str]) -> None:
    async def scene(base: str) -> None:
        asked = Hook(f"{base}/sandbox/carrier/queries", "nobody checks it")
        sought = Sought("SF", "SF1234567")
        (first,) = await asked.scans(sought)
        assert first.state == "accepted"
        async with httpx.AsyncClient(base_url=base) as hand:
            await hand.post("/sandbox/clock", json={"advance_seconds": 30 * 3_600})
        found = await asked.scans(sought)
        assert found[0] == first
        assert found[-1].state == "delivered"
        assert {each.state for each in found} <= set(STATES)
        with pytest.raises(NotKnown):
            await asked.scans(Sought("SF", "?"))

    with a_running_sandbox(fresh_database[0]) as base:
        asyncio.run(scene(base))
