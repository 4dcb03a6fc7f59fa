"""Measuring runs beside the pages: what fails is said, what lasts is stopped, nothing is left."""

import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
import pytest

from jishi import objections
from jishi.kernel import MARKET, Market
from jishi.objections import running
from jishi.objections.running import NotOpen, Runner
from jishi.objections.views import Measuring, last_measuring, latest_rows
from tests.conftest import opened
from tests.objections.scene import start
from tests.objections.test_record_verdicts import clear


def program(code: str) -> Sequence[str]:
    """Give a program in the place of ours."""
    return (sys.executable, "-c", code)


async def run(market: Market, runner: Runner) -> Measuring:
    """Have a measuring run to its end."""
    await market.ask(start())
    begun = await market.look(last_measuring, book=MARKET)
    assert begun is not None
    await runner.run(market, begun.measuring)
    ended = await market.look(last_measuring, book=MARKET)
    assert ended is not None
    assert ended.measuring == begun.measuring
    return ended


@pytest.mark.parametrize(
    ("code", "seconds", "trouble"),
    [
        ("import sys; sys.exit(3)", 20.0, "failed"),
        ("import time; time.sleep(60)", 0.3, "too_long"),
        ("", 20.0, "failed"),  # a program that cannot even start
    ],
)
def test_one_that_brings_nothing_says_why(
    database_url: str, owner_url: str, code: str, seconds: float, trouble: str
) -> None:
    runner = Runner()
    runner.command = program(code) if code else ("/nowhere/jishi",)
    runner.seconds_max = seconds

    async def scene() -> None:
        async with opened(database_url) as market:
            ended = await run(market, runner)
            assert (ended.ended_at is not None, ended.trouble) == (True, trouble)

    clear(owner_url)
    began = time.monotonic()
    asyncio.run(scene())
    assert time.monotonic() - began < 20
    assert not [each for each in psutil.Process().children(recursive=True) if sleeps(each)]


def sleeps(process: psutil.Process) -> bool:
    """Tell whether it is one of the programs above."""
    return "time.sleep(60)" in " ".join(process.cmdline())


def test_a_machine_without_the_extra_says_so(
    database_url: str, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "has_gauges", lambda: False)
    runner = Runner()
    runner.command = program("raise SystemExit('it must not be run')")

    async def scene() -> None:
        async with opened(database_url) as market:
            assert (await run(market, runner)).trouble == "extra_missing"

    clear(owner_url)
    asyncio.run(scene())


def test_the_program_is_told_what_to_measure_and_where(
    database_url: str, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JISHI_DATABASE_URL", raising=False)
    monkeypatch.setenv("JISHI_HOME", "/somewhere")
    code = (
        "import os, sys; *words, number, home, where = sys.argv[1:];"
        " is_told = words == ['verdicts', '--record', '--measuring'] and number.isdigit();"
        " is_there = (home, where) == ('--home', '/somewhere');"
        " sys.exit(not (is_told and is_there and os.environ['JISHI_DATABASE_URL']))"
    )
    runner = Runner()
    runner.command = program(code)

    async def scene() -> None:
        async with opened(database_url) as market:
            ended = await run(market, runner)
            assert (ended.ended_at, ended.trouble) == (None, "")

    clear(owner_url)
    asyncio.run(scene())
    clear(owner_url)


def test_nobody_measures_where_no_market_is_open() -> None:
    with pytest.raises(NotOpen):
        Runner().begin(1)
    assert objections.runner.market is None


def test_a_market_is_measured_by_the_program_itself(
    fresh_database: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The button's whole way: asked, run, recorded, ended."""
    monkeypatch.setenv("JISHI_HOME", str(tmp_path))

    async def scene() -> None:
        async with opened(fresh_database[0]) as market:
            ended = await run(market, Runner())
            assert (ended.ended_at is not None, ended.trouble) == (True, "")
            rows = await market.look(latest_rows, book=MARKET, lake="market", before=2**63 - 1)
            assert len(rows) == 8

    asyncio.run(scene())
