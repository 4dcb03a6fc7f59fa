"""Simulations live in programs of their own: one after another, stopped when they take too long."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import structlog

from jishi.evidence import has_gauges
from jishi.kernel import MARKET, Market, Reaction, Request, Told
from jishi.kernel.programs import JISHI, Ended, run_beside
from jishi.objections.running import NotOpen
from jishi.town.simulations import rules
from jishi.town.simulations.end_simulation import EndSimulation
from jishi.town.simulations.remove_simulation import SimulationRemoved
from jishi.town.simulations.start_simulation import SimulationStarted

SIMULATION = "town.simulation"
WORLDS, REHEARSED_PEOPLE = 8, 4_000

log = structlog.get_logger()


def home() -> Path:
    """Give the market's home."""
    return Path(os.environ.get("JISHI_HOME", "jishi-data"))


def folder(simulation_id: int) -> Path:
    """Give where a simulated lake lies: never beside the market's own."""
    return home() / "lake-simulated" / str(simulation_id)


class Runner:
    """Runs simulations; opened with the market, which ends what it does not end itself."""

    def __init__(self) -> None:
        self.market: Market | None = None
        self.command: Sequence[str] = JISHI
        self.seconds_max: float = rules.SIMULATION_MINUTES_MAX * 60

    def open(self, market: Market) -> None:
        """Simulate for this market from now on."""
        self.market = market

    def close(self) -> None:
        """Simulate no more."""
        self.market = None

    def begin(self, told: Told[SimulationStarted]) -> None:
        """Let a simulation run beside everything else."""
        if self.market is None:
            raise NotOpen
        self.market.begin(self.run(self.market, told.number, told.event), SIMULATION)

    async def run(self, market: Market, number: int, event: SimulationStarted) -> None:
        """Run it to its end, and say how it ended; what did not end well leaves no files."""
        with tempfile.TemporaryDirectory() as scratch:
            file = Path(scratch) / "told.json"
            ended = Ended("extra_missing")
            if has_gauges():
                steps = lived(number, event) if event.kind == rules.LIFE else rehearsed(event, file)
                ended = await self.ended(market, steps)
            result = await asyncio.to_thread(file.read_text, "utf-8") if file.exists() else ""
        if ended.trouble:
            log.warning(
                "a simulation did not live", simulation=number, trouble=ended.trouble,
                said=ended.said,
            )  # fmt: skip
            await asyncio.to_thread(shutil.rmtree, folder(number), ignore_errors=True)
        await market.ask(
            EndSimulation(
                key=uuid4(), book=MARKET, actor_id=0, simulation_id=number, trouble=ended.trouble,
                result="" if ended.trouble else result,
            )
        )  # fmt: skip

    async def ended(self, market: Market, steps: Sequence[Sequence[str]]) -> Ended:
        """Run one program after another; give what went wrong first, or nothing."""
        for step in steps:
            command = [*self.command, *step]
            ended = await run_beside(market.database.url, command, self.seconds_max)
            if ended.trouble:
                return ended
        return Ended("")


def lived(number: int, event: SimulationStarted) -> list[list[str]]:
    """Give the programs of a life: it is lived and told, then asked the eight questions."""
    where = str(folder(number))
    return [
        ["town", *dials(event), "--people", str(event.people), "--days", str(event.days),
         "--seed", str(event.seed), "--emit", where],
        ["verdicts", "--on", where, "--record", "--simulation", str(number),
         "--home", str(home())],
    ]  # fmt: skip


def rehearsed(event: SimulationStarted, file: Path) -> list[list[str]]:
    """Give the program of a rehearsal, which writes what came of it."""
    return [
        ["rehearse", *dials(event), "--people", str(event.people), "--worlds", str(WORLDS),
         "--seed", str(event.seed), "--json", str(file)],
    ]  # fmt: skip


def dials(event: SimulationStarted) -> list[str]:
    """Give the dials as options; a person is sent what the shop would send, and no more."""
    tried = event.tried
    return [
        "--touches-week", str(tried.touches_week), "--limit-week", str(tried.touches_week),
        "--cards", str(tried.cards), "--share-quota", str(tried.share_quota),
        "--discount-percent", str(tried.discount_percent),
    ]  # fmt: skip


runner = Runner()


async def simulate(told: Sequence[Told[SimulationStarted]]) -> Sequence[Sequence[Request]]:
    """Begin what was asked for."""
    for each in told:
        runner.begin(each)
    return [[] for _ in told]


async def clear(told: Sequence[Told[SimulationRemoved]]) -> Sequence[Sequence[Request]]:
    """Remove the files of what was removed."""
    for each in told:
        await asyncio.to_thread(shutil.rmtree, folder(each.event.subject_id), ignore_errors=True)
    return [[] for _ in told]


Reaction("town.simulate", SimulationStarted, simulate)
Reaction("town.clear", SimulationRemoved, clear)
