"""Simulations run beside the pages: what they told is kept, what failed leaves no files."""

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest

from jishi.kernel import MARKET
from jishi.town.simulations import SimulationStarted, rules, running
from jishi.town.simulations.running import Runner, folder
from jishi.town.simulations.views import Simulation, simulations
from tests.conftest import opened
from tests.town.simulations.scene import RESULT, TOLD, ask

WRITES = f"import sys, pathlib; pathlib.Path(sys.argv[-1]).write_text({RESULT!r})"
MAKES = (
    "import sys, pathlib; w = sys.argv; w[1] == 'town' and pathlib.Path(w[-1]).mkdir(parents=True)"
)
FAILS = MAKES + "; sys.exit(w[1] == 'verdicts')"


def lived(url: str, kind: str, code: str) -> Simulation:
    """Run a simulation by another program, and give how it ended."""

    async def scene() -> Simulation:
        async with opened(url) as market:
            event = await market.ask(ask(kind=kind))
            assert isinstance(event, SimulationStarted)
            page: dict[str, Any] = {
                "kind": kind,
                "before": 2**63 - 1,
                "simulations_max": 1,
            }
            (begun,) = await market.look(simulations, book=MARKET, **page)
            runner = Runner()
            runner.command = (sys.executable, "-c", code)
            await runner.run(market, begun.simulation_id, event)
            (ended,) = await market.look(simulations, book=MARKET, **page)
            return ended

    return asyncio.run(scene())


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep simulated lakes where the test looks."""
    monkeypatch.setenv("JISHI_HOME", str(tmp_path))


def test_a_rehearsal_keeps_what_it_told(fresh_database: tuple[str, str]) -> None:
    ended = lived(fresh_database[0], "rehearsal", WRITES)
    assert (ended.trouble, rules.read(ended.result)) == ("", TOLD)


def test_a_life_leaves_a_lake_of_its_own(fresh_database: tuple[str, str]) -> None:
    ended = lived(fresh_database[0], "life", MAKES)
    assert (ended.trouble, ended.result) == ("", "")
    assert folder(ended.simulation_id).is_dir()


def test_a_life_that_cannot_be_asked_leaves_nothing(fresh_database: tuple[str, str]) -> None:
    ended = lived(fresh_database[0], "life", FAILS)
    assert ended.trouble == "failed"
    assert not folder(ended.simulation_id).exists()


def test_a_machine_without_the_extra_says_so(
    fresh_database: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "has_gauges", lambda: False)
    assert lived(fresh_database[0], "rehearsal", WRITES).trouble == "extra_missing"
