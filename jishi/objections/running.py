"""Measuring is done by a program of its own: pages stay quick, and a shop without it still runs."""

import os
from collections.abc import Sequence
from uuid import uuid4

import structlog

from jishi.evidence import has_gauges
from jishi.kernel import MARKET, Market, Reaction, Request, Told
from jishi.kernel.programs import JISHI, Ended, run_beside
from jishi.objections.give_up_measuring import GiveUpMeasuring
from jishi.objections.rules import MEASURING_MINUTES_MAX
from jishi.objections.start_measuring import MeasuringStarted

MEASURING = "objections.measuring"

log = structlog.get_logger()


class NotOpen(Exception):
    """Nobody measures in this process."""


class Runner:
    """Runs measurings; opened with the market, which ends what it does not end itself."""

    def __init__(self) -> None:
        self.market: Market | None = None
        self.command: Sequence[str] = JISHI
        self.seconds_max: float = MEASURING_MINUTES_MAX * 60

    def open(self, market: Market) -> None:
        """Measure this market from now on."""
        self.market = market

    def close(self) -> None:
        """Measure no more."""
        self.market = None

    def begin(self, measuring: int) -> None:
        """Let a measuring run beside everything else."""
        if self.market is None:
            raise NotOpen
        self.market.begin(self.run(self.market, measuring), MEASURING)

    async def run(self, market: Market, measuring: int) -> None:
        """Run it to its end; one that brings nothing is given up, with its reason."""
        ended = Ended("extra_missing")
        if has_gauges():
            command = [
                *self.command,
                "verdicts",
                "--record",
                "--measuring",
                str(measuring),
                "--home",
                os.environ.get("JISHI_HOME", "jishi-data"),
            ]
            ended = await run_beside(market.database.url, command, self.seconds_max)
        if ended.trouble:
            log.warning(
                "a measuring brought nothing", measuring=measuring, trouble=ended.trouble,
                said=ended.said,
            )  # fmt: skip
            await market.ask(
                GiveUpMeasuring(
                    key=uuid4(),
                    book=MARKET,
                    actor_id=0,
                    measuring=measuring,
                    trouble=ended.trouble,
                )
            )


runner = Runner()


async def measure(told: Sequence[Told[MeasuringStarted]]) -> Sequence[Sequence[Request]]:
    """Begin what was asked for; its answers are asked to be recorded by the program itself."""
    for each in told:
        runner.begin(each.number)
    return [[] for _ in told]


Reaction("objections.measure", MeasuringStarted, measure)
