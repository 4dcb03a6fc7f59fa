"""The town is like what is known of real ones, and the document's card says what it is."""

import os
import re

import pytest

from jishi.town.calibration import PEOPLE, SEED, TARGETS, calibrated
from jishi.town.card import band_rows, frontier_rows, parameter_rows, target_rows
from jishi.town.frontier import PUSHY, frontier, last_touch
from jishi.town.parameters import PARAMETERS
from jishi.town.people import Town, settle
from jishi.town.sensitivity import assumed, band, drawn, effect, moved
from jishi.town.traits import Traits
from tests.house.checks.tree import ROOT

IS_SOAK = os.environ.get("JISHI_SOAK") == "1"
TEXT = (ROOT / "docs" / "algorithms" / "town.md").read_text("utf-8")
NEAR = 0.1


@pytest.fixture(scope="module")
def town() -> Town:
    return settle(PEOPLE, SEED)


def test_every_number_has_a_meaning_and_a_source() -> None:
    assert tuple(PARAMETERS) == Traits.__struct_fields__
    assert parameter_rows(Traits()) in TEXT


def test_the_town_meets_its_targets_and_the_document_says_how_near() -> None:
    got = calibrated(Traits())
    for name, target in TARGETS.items():
        assert target.low <= got[name] <= target.high, (name, got[name])
    assert labels(target_rows(got)) == labels(section("The targets"))
    assert numbers(section("The targets")) == pytest.approx(numbers(target_rows(got)), rel=NEAR)


@pytest.mark.skipif(not IS_SOAK, reason="takes half a minute")
def test_another_town_of_the_same_traits_meets_most_of_them() -> None:
    got = calibrated(Traits(), seed=SEED + 1)
    met = [target.low <= got[name] <= target.high for name, target in TARGETS.items()]
    assert sum(met) >= len(met) - 2


def test_a_month_prefers_no_limit_and_a_year_does_not(town: Town) -> None:
    three, none = frontier(town, PUSHY, (3.0, None))
    assert three.first_month < none.first_month
    assert three.year > none.year
    assert three.last_month > 1.1 * none.last_month
    assert three.opens > none.opens
    for row in frontier_rows((three, none)).splitlines()[2:]:
        told = next(line for line in TEXT.splitlines() if line.startswith(row[:6]))
        assert numbers(told) == pytest.approx(numbers(row), rel=NEAR)


def test_the_last_touch_claims_more_than_messages_caused(town: Town) -> None:
    last = last_touch(town)
    assert last.times > 2
    told = re.search(r"credited with ([\d,]+) orders;\s+they caused ([\d,]+)", TEXT)
    assert told is not None
    said = [int(number.replace(",", "")) for number in told.groups()]
    assert said == pytest.approx([last.credited, last.caused], rel=NEAR)


def test_an_assumption_is_moved_alone_or_all_together() -> None:
    traits = Traits()
    assert moved(traits, "tiring", 0.3).tiring == pytest.approx(1.3 * traits.tiring)
    all_moved = drawn(traits, 1)
    assert all_moved.habit_gain == traits.habit_gain
    assert all_moved != drawn(traits, 2)
    for name in assumed():
        number = getattr(traits, name)
        assert abs(getattr(all_moved, name) - number) <= 0.3 * abs(number) + 1e-12


@pytest.mark.skipif(not IS_SOAK, reason="takes minutes")
def test_the_bands_are_those_of_the_document() -> None:
    rows = band_rows(effect(Traits()), {name: band(Traits(), name) for name in assumed()})
    for row in rows.splitlines()[2:]:
        label = row.split("|")[1]
        told = next(line for line in TEXT.splitlines() if line.startswith(f"|{label}|"))
        assert numbers(told) == pytest.approx(numbers(row), abs=2.0)


def section(title: str) -> str:
    """Give the table of a section."""
    text = TEXT.split(f"## {title}\n")[1].split("\n## ")[0]
    return "\n".join(line for line in text.splitlines() if line.startswith("|"))


def labels(table: str) -> list[list[str]]:
    return [
        [cell for at, cell in enumerate(row.split("|")) if at != 3] for row in table.splitlines()
    ]


def numbers(table: str) -> list[float]:
    """Give the numbers that were measured: those of the third column, or all of a row."""
    rows = table.splitlines()
    if len(rows) == 1:
        return [float(found) for found in re.findall(r"[-+]?\d+\.\d+", rows[0])]
    return [float(row.split("|")[3]) for row in rows[2:]]
