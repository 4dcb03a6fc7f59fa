"""Ending a simulation: once, with what a rehearsal told or the reason why it told nothing."""

import asyncio
from typing import Any

import pytest

from jishi.kernel import MARKET, Refused
from jishi.town.simulations import EndSimulation, SimulationEnded, rules
from jishi.town.simulations.end_simulation import decide
from jishi.town.simulations.views import simulations
from tests.conftest import opened
from tests.town.simulations.scene import RESULT, TOLD, ask, end


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (end(1, book=2), "wrong_book"),
        (end(1, trouble="tired"), "trouble_unknown"),
        (end(3), "simulation_ended"),
        (end(1, result=""), "result_out_of_bounds"),
        (end(1, result="{}"), "result_out_of_bounds"),
        (end(1, result="\x00"), "result_out_of_bounds"),
        (end(1, trouble="failed"), "result_out_of_bounds"),
        (end(1, result=RESULT + " " * 131_072), "result_out_of_bounds"),
        (end(2), "result_out_of_bounds"),
    ],
)
def test_what_is_refused(asked: EndSimulation, reason: str) -> None:
    assert decide({1: "rehearsal", 2: "life"}, asked) == Refused(reason)


def test_one_ends_once() -> None:
    world = {1: "rehearsal", 2: "life"}
    assert decide(world, end(1)) == SimulationEnded(subject_id=1, trouble="")
    assert decide(world, end(1)) == Refused("simulation_ended")
    assert decide(world, end(2, trouble="too_long", result="")) == SimulationEnded(
        subject_id=2, trouble="too_long"
    )


def test_what_it_told_is_read_again(fresh_database: tuple[str, str]) -> None:
    async def scene() -> None:
        async with opened(fresh_database[0]) as market:
            await market.ask(ask())
            page: dict[str, Any] = {"book": MARKET, "kind": "rehearsal", "before": 2**63 - 1}
            (found,) = await market.look(simulations, simulations_max=1, **page)
            await market.ask(end(found.simulation_id))
            (ended,) = await market.look(simulations, simulations_max=1, **page)
            assert ended.ended_at is not None
            assert rules.read(ended.result) == TOLD

    asyncio.run(scene())
