"""The simulated year of a new sample market: asked for once, and only where it can be lived."""

import asyncio

import pytest

from jishi.cli import life
from jishi.cli.life import DAYS, PEOPLE, begin_life
from tests.web.reader import count

LIVES = (
    f"select count(*) from town.simulations where book = $1 and people = {PEOPLE} and days = {DAYS}"
)


def test_a_year_is_asked_for_once(fresh_database: tuple[str, str]) -> None:
    login, owner = fresh_database
    for _ in range(2):
        assert "A simulated year begins" in asyncio.run(begin_life(login))
        assert asyncio.run(count(owner, LIVES, 1)) == 1


def test_without_the_extra_nothing_is_asked(
    fresh_database: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(life, "has_gauges", lambda: False)
    assert not asyncio.run(begin_life(fresh_database[0]))
    assert asyncio.run(count(fresh_database[1], LIVES, 1)) == 0
