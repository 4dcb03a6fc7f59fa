"""`jishi verdicts`: eight answers in the terminal, and kept where that is wished."""

import asyncio
from pathlib import Path

import msgspec
import pytest

from jishi.cli import verdicts as command
from jishi.cli.verdicts import verdicts
from jishi.kernel import MARKET
from jishi.objections import Answer, Measure, views
from tests.conftest import opened
from tests.gauges.lakes import Pond

LAST = 2**63 - 1


def searched(folder: Path, *, simulated: bool) -> Path:
    """Write a lake in which a twentieth of the searches find nothing."""
    pond = Pond()
    for number in range(2_000):
        pond.seen("search.query", 1, 20_000, quantity=number % 20, is_simulated=simulated)
    pond.write(folder)
    return folder


def test_a_simulated_lake_is_answered_and_says_that_it_is_simulated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    verdicts(on=searched(tmp_path / "lake", simulated=True), json=tmp_path / "answers.json")
    said = capsys.readouterr().out
    assert "SIMULATED" in said
    assert "As of 2024-10-04" in said  # the day of its newest event, whatever today is
    # Enough searches, none of the other three: it cannot be refuted, and says what is wanting.
    assert "Weight      undecided" in said
    assert "wants latency p95 seconds, payment success, recommender lift" in said
    assert "Searches without a result" in said
    assert "0.05 [0.0" in said
    answers = msgspec.json.decode((tmp_path / "answers.json").read_bytes(), type=list[Answer])
    assert len(answers) == 8
    assert answers[6].measures[0].value == 0.05


def test_a_markets_lake_is_not_watermarked_and_grows_old(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verdicts(on=searched(tmp_path / "lake", simulated=False))
    said = capsys.readouterr().out
    assert "SIMULATED" not in said
    assert "too old" in said


def test_what_is_recorded_is_what_was_said(
    tmp_path: Path, fresh_database: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JISHI_DATABASE_URL", fresh_database[0])
    # The market's own lake: nothing has happened, so nothing is measured, and that is recorded.
    verdicts(record=True, home=tmp_path)
    verdicts(
        on=searched(tmp_path / "town", simulated=True), record=True, simulation=7, home=tmp_path
    )

    async def kept() -> list[tuple[int, str, bool, str]]:
        async with opened(fresh_database[0]) as market:
            return [
                (said.simulation_id, said.answer.question, said.answer.is_simulated,
                 said.answer.verdict)
                for lake in ("market", "simulated")
                for said in map(views.read, await market.look(
                    views.latest_rows, book=MARKET, lake=lake, before=LAST,
                ))
            ]  # fmt: skip

    found = asyncio.run(kept())
    assert len(found) == 16
    assert {row[0] for row in found if row[2]} == {7}
    assert {row[3] for row in found if not row[2]} == {"not_measured"}


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "has_gauges", lambda: False)
    with pytest.raises(SystemExit):
        verdicts()
    assert "pip install 'jishi[gauges]'" in capsys.readouterr().out


def test_an_interval_is_drawn_between_its_bars() -> None:
    drawn = Measure("m", 0.5, 0.25, 0.75, "share", 0.0, 1.0)
    assert command._bar(drawn) == "┃" + " " * 5 + "━" * 6 + "●" + "━" * 6 + " " * 4 + "┃"
    unbounded = Measure("m", 0.5, None, None, "share", 0.0, 1.0)
    assert command._bar(unbounded) == "┃" + "━" * 11 + "●" + "━" * 10 + "┃"
