"""Asking a carrier: what is read, what is refused, and how long anybody waits."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from jishi.ports.carrier import Hook, NotAllowed, NotAnswered, NotKnown, Scan, Sought, hook
from tests.free_ports import free_port
from tests.ports.carrier.carriers import GOOD, a_carrier
from tests.site import HOST

SOUGHT = Sought("SF", "SF1234567", "8000")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nothing between tries."""
    monkeypatch.setattr(hook, "PAUSE_SECONDS", 0)


@pytest.mark.parametrize("before", [(), ((503, {}),), ((0, {}),)])
def test_scans_are_read_oldest_first_also_after_a_breakdown(
    before: tuple[tuple[int, Any], ...],
) -> None:
    async def scene() -> None:
        async with a_carrier(*before, (200, {"scans": GOOD, "more": 1})) as (url, came):
            found = await Hook(url, "the key").scans(SOUGHT)
            assert len(came) == len(before) + 1
        assert found == [
            Scan(datetime(2026, 11, 1, 2, tzinfo=UTC), "accepted", "", ""),
            Scan(datetime(2026, 11, 2, 2, tzinfo=UTC), "in_transit", "深圳", "已发出"),
        ]
        headers, body = came[-1]
        assert headers["authorization"] == "Bearer the key"
        assert body == {"carrier": "SF", "tracking_number": "SF1234567", "phone_tail": "8000"}

    asyncio.run(scene())


LATE = {"at": "2026-11-01T10:00:00", "state": "accepted"}


@pytest.mark.parametrize(
    ("answers", "failure", "tries"),
    [
        (((404, {}),), NotKnown, 1),
        (((401, {}),), NotAllowed, 1),
        (((403, {}),), NotAllowed, 1),
        (((429, {}),), NotAnswered, 1),
        (((302, {}),), NotAnswered, 1),
        (((503, {}), (500, {})), NotAnswered, 2),
        (((0, {}), (0, {})), NotAnswered, 2),
        (((200, b"<html>"),), NotAnswered, 1),
        (((200, {"scans": 7}),), NotAnswered, 1),
        (((200, {"scans": [{"at": "2026-11-01T10:00:00Z", "state": "flying"}]}),), NotAnswered, 1),
        (((200, {"scans": [LATE]}),), NotAnswered, 1),
        (((200, {"scans": [GOOD[1]] * 201}),), NotAnswered, 1),
        (((200, b" " * 300_000),), NotAnswered, 1),
    ],
)
def test_what_is_no_answer_fails_by_its_kind_and_tells_no_key(
    answers: tuple[tuple[int, Any], ...], failure: type[Exception], tries: int
) -> None:
    async def scene() -> None:
        async with a_carrier(*answers) as (url, came):
            with pytest.raises(failure) as failed:
                await Hook(url, "the key").scans(SOUGHT)
            assert len(came) == tries
            for secret in ("the key", "8000"):
                assert secret not in f"{failed.value} {Hook(url, 'the key')!r} {SOUGHT!r}"

    asyncio.run(scene())


def test_nobody_waits_longer_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook, "SECONDS_MAX", 0.1)

    async def scene() -> None:
        async with a_carrier((200, {"scans": []}), (200, {"scans": []}), pause=0.5) as (url, _):
            with pytest.raises(NotAnswered):
                await Hook(url, "k").scans(SOUGHT)
        with pytest.raises(NotAnswered):
            await Hook(f"http://{HOST}:{free_port()}/", "k").scans(SOUGHT)

    asyncio.run(scene())
