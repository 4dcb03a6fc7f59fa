"""Exposing: what the vocabulary knows, once a moment; the holdout by one's number alone."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from jishi import people
from jishi.evidence import Expose, Exposed, holdout
from jishi.kernel import MARKET, Market, Reaction, Refused, Told, new_id
from tests.conftest import opened

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ROWS = """select number, experiment, arm, unit_type, unit_id, propensity, policy,
  is_counterfactual, reason from evidence.exposures where unit_id = $1 order by number"""


def asked(unit_id: int, /, **change: Any) -> Expose:
    given: dict[str, Any] = {
        "key": uuid4(), "book": MARKET, "actor_id": 0, "experiment": "prompts", "arm": "quiet",
        "unit_type": "person", "unit_id": unit_id, "propensity": 0.5, "policy": "one",
        "reason": "start",
    }  # fmt: skip
    return Expose(**(given | change))


async def rows(market: Market, unit_id: int) -> list[tuple[Any, ...]]:
    async with market.database.transaction(book=MARKET) as connection:
        return [tuple(each) for each in await connection.fetch(ROWS, unit_id)]


def test_an_exposure_is_written_once_a_moment(database_url: str) -> None:
    async def scene() -> tuple[list[object], list[tuple[Any, ...]]]:
        unit = new_id()
        async with opened(database_url) as market:
            answers = await asyncio.gather(
                market.ask(asked(unit)),
                market.ask(asked(unit, arm="prompted")),
                market.ask(asked(unit, reason="withdrawn", is_counterfactual=True)),
            )
            return list(answers), await rows(market, unit)

    answers, found = asyncio.run(scene())
    unit = found[0][4]
    assert answers[0] == Exposed(subject_id=unit, experiment="prompts", arm="quiet")
    assert answers[1] == Refused("exposed")
    assert [each[1:] for each in found] == [
        ("prompts", "quiet", "person", unit, 0.5, "one", False, "start"),
        ("prompts", "quiet", "person", unit, 0.5, "one", True, "withdrawn"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"experiment": "luck"}, {"arm": "other"}, {"reason": "later"}, {"unit_type": "merchant"},
        {"unit_id": 0}, {"propensity": 0.0}, {"propensity": 1.1}, {"propensity": float("nan")},
        {"policy": ""}, {"policy": "x" * 41}, {"policy": "a\x00"},
    ],
)  # fmt: skip
def test_what_the_vocabulary_does_not_know_is_refused(
    database_url: str, change: dict[str, Any]
) -> None:
    async def scene() -> tuple[object, int]:
        unit = new_id()
        async with opened(database_url) as market:
            answer = await market.ask(asked(unit, **change))
            return answer, len(await rows(market, unit))

    assert asyncio.run(scene()) == (Refused("exposure_unclear"), 0)


def test_whoever_is_met_falls_into_the_arm_of_his_number(database_url: str) -> None:
    async def scene() -> tuple[int, list[tuple[Any, ...]]]:
        person = new_id()
        told = Told(people.book_of(person), 3, NOW, people.PersonMet(subject_id=person))
        async with opened(database_url) as market:
            for _ in range(2):
                [[request]] = await holdout.hold_out([told])
                await market.ask(request)
            return person, await rows(market, person)

    person, [row] = asyncio.run(scene())
    arm = holdout.arm_for(person)
    share = {"none": 0.05, "low": 0.05, "all": 0.9}[arm]
    assert row[1:] == ("holdout", arm, "person", person, share, "holdout-1", False, "start")


def test_one_in_twenty_hears_nothing_and_one_in_twenty_little() -> None:
    counted = Counter(holdout.arm_for(person) for person in range(1, 100_001))
    assert abs(counted["none"] - 5_000) < 250
    assert abs(counted["low"] - 5_000) < 250
    assert counted["all"] == 100_000 - counted["none"] - counted["low"]


def test_the_reaction_waits_for_the_meeting() -> None:
    assert "evidence.hold_out" in Reaction.names_for(people.PersonMet)
