"""`jishi town` and `jishi rehearse`: a town in the terminal, marked as one that does not exist."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from jishi.cli import rehearse as rehearse_command
from jishi.cli import town as town_command
from jishi.cli.days import day_number
from jishi.cli.dials import Dials
from jishi.cli.rehearse import _judged, rehearse
from jishi.cli.town import town
from jishi.gauges.lake import at_folder
from jishi.gauges.windows import newest_day
from jishi.town.rehearsing import Rehearsal
from jishi.town.simulations.types import Band


def test_a_town_is_told_as_a_lake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    town(people=2_000, days=60, seed=3, until=date(2026, 3, 1), emit=tmp_path / "town")
    said = capsys.readouterr().out
    assert "SIMULATED" in said
    assert f"jishi verdicts --on {tmp_path}" in said.replace("\n", "")
    lake = at_folder(tmp_path / "town")
    kinds = lake.events.group_by("type").aggregate(rows=lake.events.count()).to_pyarrow()
    counted = {row["type"]: row["rows"] for row in kinds.to_pylist()}
    assert f"orders      {counted['order.pay']:>12,}" in said
    assert f"opens       {counted['article.open']:>12,}" in said
    assert lake.events.is_simulated.all().to_pyarrow().as_py()
    assert newest_day(lake) == day_number(date(2026, 2, 28))


def test_a_rehearsal_is_shown_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "found.json"
    rehearse(dials=Dials(touches_week=7, limit_week=0), people=1_000, worlds=2, json=file)
    said = capsys.readouterr().out
    assert "SIMULATED: 2 towns of 1,000 people" in said
    assert "no dial of these moves it" in said
    found = msgspec.json.decode(file.read_bytes(), type=Rehearsal)
    assert f"{found.year['unfollows'].middle:+7.1%}" in said
    assert (found.tried.touches_week, found.tried.limit_week) == (7, None)


def test_a_band_around_nothing_cannot_be_told() -> None:
    assert "cannot" in _judged(Band(-0.1, 0.0, 0.1), "more")
    assert "better" in _judged(Band(0.01, 0.02, 0.1), "more")
    assert "worse" in _judged(Band(0.01, 0.02, 0.1), "less")


@pytest.mark.parametrize(("command", "run"), [(town_command, town), (rehearse_command, rehearse)])
def test_without_the_extra_it_says_what_to_install(
    command: object, run: object, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(command, "has_gauges", lambda: False)
    with pytest.raises(SystemExit):
        run()  # type: ignore[operator]  # two commands of different dials
    assert "pip install 'jishi[gauges]'" in capsys.readouterr().out
