"""Removing a simulation: its rows, what was said of it and its files go; the market's stay."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from jishi.kernel import MARKET, Market, Refused, Told
from jishi.objections.views import latest_rows
from jishi.town.simulations import RemoveSimulation, SimulationRemoved
from jishi.town.simulations.remove_simulation import decide
from jishi.town.simulations.running import clear, folder
from jishi.town.simulations.views import simulations
from tests.conftest import opened
from tests.objections.scene import simulated, verdicts
from tests.town.simulations.scene import ask, end, remove

LAST = 2**63 - 1


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (remove(1, book=2), "wrong_book"),
        (remove(3), "simulation_unknown"),
        (remove(2), "simulation_under_way"),
    ],
)
def test_what_is_refused(asked: RemoveSimulation, reason: str) -> None:
    assert decide({1: False, 2: True}, asked) == Refused(reason)


async def said(market: Market, lake: str) -> int:
    """Count what is said of a lake."""
    return len(await market.look(latest_rows, book=MARKET, lake=lake, before=LAST))


def test_nothing_is_left_of_it(
    fresh_database: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JISHI_HOME", str(tmp_path))

    async def scene() -> None:
        async with opened(fresh_database[0]) as market:
            await market.ask(ask(kind="life"))
            page: dict[str, Any] = {
                "kind": "life",
                "before": LAST,
                "simulations_max": 9,
            }
            (found,) = await market.look(simulations, book=MARKET, **page)
            number = found.simulation_id
            assert await market.ask(remove(number)) == Refused("simulation_under_way")
            await market.ask(verdicts())
            await market.ask(simulated(number))
            await market.ask(end(number, result=""))
            other = folder(number + 1) / "events"
            for each in (folder(number) / "events", other):
                each.mkdir(parents=True)
            answer = await market.ask(remove(number))
            assert answer == SimulationRemoved(subject_id=number)
            told = Told(MARKET, number + 9, found.started_at, answer)
            assert await clear([told]) == [[]]
            assert not folder(number).exists()
            assert other.exists()
            assert await market.look(simulations, book=MARKET, **page) == []
            assert (await said(market, "simulated"), await said(market, "market")) == (0, 8)
            assert await market.ask(remove(number)) == Refused("simulation_unknown")

    asyncio.run(scene())
