"""Asking where parcels are: what is due, put off by what was heard, and left at its end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from jishi import people
from jishi.fulfilment import asking
from jishi.fulfilment.tracking import settings
from jishi.kernel import Market
from jishi.kernel.secret import read_secret
from jishi.people import Written
from jishi.ports.carrier import Hook, hook
from tests.conftest import opened
from tests.fulfilment.parcel_scene import Scene, bought, correct, receive, ship
from tests.fulfilment.test_track_parcel import seen
from tests.ports.carrier.carriers import GOOD, a_carrier
from tests.sandbox.scene import a_running_sandbox

DUE = """
select extract(epoch from due_at - now())::float8 / 60 as minutes, failures, trouble
  from fulfilment.trackings where book = $1
"""
DELIVERED = {"at": "2026-11-03T10:00:00Z", "state": "delivered", "words": "13800138000 已签收"}
FUTURE = {"at": "2036-11-03T10:00:00Z", "state": "lost"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home of its own, and wait for nothing between tries."""
    monkeypatch.setenv("JISHI_HOME", str(tmp_path))
    for name in ("JISHI_CARRIER", "JISHI_WECHAT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(hook, "PAUSE_SECONDS", 0)
    return tmp_path


def kept(home: Path, url: str, mode: int = 0o600) -> None:
    """Keep the settings."""
    file = home / "carrier.toml"
    file.write_text(f'url = "{url}"\nkey = "the key"\n', encoding="utf-8")
    file.chmod(mode)


@asynccontextmanager
async def asked(home: Path, on: Scene, *answers: tuple[int, Any]) -> AsyncIterator[list[Any]]:
    """Let every parcel that is due be asked after; the carrier answers so."""
    async with a_carrier(*answers) as (url, came):
        kept(home, url)
        await turn(on.market)
        yield came


async def turn(market: Market) -> None:
    """Have one turn of the clock, and wait for its end."""
    await asking.track_due(market)
    while market.doing(asking.TRACKING):
        await asyncio.sleep(0.01)


async def due(on: Scene) -> tuple[float | None, int, str]:
    """Give in how many minutes the parcel is asked after again, the failures, and the trouble."""
    row = await on.owner.fetchrow(DUE, on.book)
    assert row is not None
    return row["minutes"], row["failures"], row["trouble"]


async def due_now(on: Scene) -> None:
    """Let the time come."""
    await on.owner.execute(
        "update fulfilment.trackings set due_at = now() where book = $1", on.book
    )


def test_a_parcel_is_asked_after_until_it_is_there(
    database_url: str, owner_url: str, home: Path
) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            await turn(on.market)
            await on.market.ask(ship(on))
            await turn(on.market)
            minutes, _, _ = await due(on)
            assert minutes is not None
            assert minutes <= 0, "nobody is asked while nobody set it up"
            async with asked(home, on, (404, {})) as came:
                assert came[0][1]["tracking_number"] == "SF1234567"
            assert await close_to(on, 60, 0, "unknown")
            await turn(on.market)
            for failures, minutes in ((1, 2), (2, 6), (3, 18)):
                await due_now(on)
                async with asked(home, on, (401, {})):
                    assert await close_to(on, minutes, failures, "not_allowed")
            await due_now(on)
            async with asked(home, on, (200, {"scans": [*GOOD, FUTURE]})):
                assert await close_to(on, 180, 0, "")
            assert [state for state, _ in await seen(on)] == ["in_transit", "accepted"]
            await due_now(on)
            async with asked(home, on, (200, {"scans": [*GOOD, DELIVERED]})):
                assert await due(on) == (None, 0, "")
            assert (await seen(on))[0] == ("delivered", "138****8000 已签收")
            await on.market.ask(correct(on, await number(on)))
            minutes, failures, trouble = await due(on)
            assert minutes is not None
            assert (minutes <= 0, failures, trouble) == (True, 0, "")
            await on.market.ask(receive(on))
            async with asked(home, on) as came:
                assert came == [], "nobody waits for it any more"
            assert (await due(on))[0] is None

    asyncio.run(scene())


def test_a_carrier_that_wants_it_is_told_the_last_digits(
    database_url: str, owner_url: str, home: Path
) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            written = Written("张三", "13800138123", "440305", "科技园路 1 号")
            person = 2**41 + on.order_id % 1000
            saved = await people.write_address(on.market, read_secret(), uuid4(), person, written)
            assert isinstance(saved, people.AddressSaved), saved
            await on.owner.execute(
                "update trade.orders set buyer_id = $2, address_id = $3 where order_id = $1",
                on.order_id, person, saved.subject_id,
            )  # fmt: skip
            await on.market.ask(ship(on))
            async with asked(home, on, (200, {"scans": []})) as came:
                assert came[0][1]["phone_tail"] == "8123"
            await on.market.ask(correct(on, await number(on)))
            async with asked(home, on, (200, {"scans": []})) as came:
                assert came[0][1]["phone_tail"] == ""

    asyncio.run(scene())


def test_two_processes_ask_once(database_url: str, owner_url: str, home: Path) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on, opened(database_url) as other:
            await on.market.ask(ship(on, tracking="SF2222"))
            # What other scenes left due may be asked after here, too.
            async with a_carrier(*[(200, {"scans": GOOD})] * 9, pause=0.1) as (url, came):
                kept(home, url)
                await asyncio.gather(turn(on.market), turn(other))
                numbers = [told["tracking_number"] for _, told in came]
                assert numbers.count("SF2222") == 1
            assert len(await seen(on)) == 2

    asyncio.run(scene())


def test_whoever_is_corrected_while_asked_is_asked_again(
    database_url: str, owner_url: str, home: Path
) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            await on.market.ask(ship(on))
            async with a_carrier((200, {"scans": GOOD}), pause=0.3) as (url, _):
                kept(home, url)
                await asking.track_due(on.market)
                await asyncio.sleep(0.1)
                await on.market.ask(correct(on, await number(on)))
                while on.market.doing(asking.TRACKING):
                    await asyncio.sleep(0.01)
            minutes, failures, _ = await due(on)
            assert minutes is not None
            assert (minutes <= 0, failures) == (True, 0)
            assert await seen(on) == []

    asyncio.run(scene())


async def close_to(on: Scene, minutes: int, failures: int, trouble: str) -> bool:
    """Tell whether the parcel is asked after again then, for that reason."""
    found, failed, said = await due(on)
    assert found is not None
    return abs(found - minutes) < 0.5 and (failed, said) == (failures, trouble)


async def number(on: Scene) -> int:
    """Give the number of the shop's only parcel."""
    found: int = await on.owner.fetchval(
        "select number from fulfilment.parcels where book = $1", on.book
    )
    return found


def test_settings_are_their_owners_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.read_asking() is None
    kept(home, "https://hook.example", mode=0o644)
    with pytest.raises(settings.CarrierRefused) as failed:
        settings.read_asking()
    assert "the key" not in str(failed.value)
    (home / "carrier.toml").chmod(0o600)
    found = settings.read_asking()
    assert found is not None
    assert isinstance(found.tracker, Hook)
    (home / "carrier.toml").write_text("url = 7", encoding="utf-8")
    with pytest.raises(settings.CarrierRefused):
        settings.read_asking()
    (home / "carrier.toml").unlink()
    monkeypatch.setenv("JISHI_WECHAT", "http://127.0.0.1:8001")
    beside = settings.read_asking()
    assert beside is not None
    assert beside.pause_max == settings.HERE_PAUSE_MAX


@pytest.mark.soak
def test_it_happens_by_itself_beside_a_wechat_that_runs_here(
    fresh_database: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, owner_url = fresh_database

    async def scene(base: str) -> None:
        async with bought(url, owner_url) as on, opened(url, is_working=True):
            await on.market.ask(ship(on))
            assert await heard(on) == ["accepted"]
            async with httpx.AsyncClient(base_url=base) as hand:
                await hand.post("/sandbox/clock", json={"advance_seconds": 30 * 3_600})
            assert (await heard(on, "delivered"))[0] == "delivered"
            assert (await due(on))[0] is None

    with a_running_sandbox(url) as base:
        monkeypatch.setenv("JISHI_WECHAT", base)
        asyncio.run(scene(base))


async def heard(on: Scene, wanted: str = "") -> list[str]:
    """Wait until there is news, or the news that is wanted."""
    async with asyncio.timeout(30):
        while not (states := [state for state, _ in await seen(on)]) or wanted not in ["", *states]:
            await asyncio.sleep(0.2)
    return states
