"""Starting a simulation: one at a time, no larger and no further than is good."""

import asyncio

import pytest

from jishi.kernel import MARKET, Refused
from jishi.town.simulations import SimulationStarted, StartSimulation, Tried, rules
from jishi.town.simulations.start_simulation import World, decide
from jishi.town.simulations.views import simulations
from tests.conftest import opened
from tests.town.simulations.scene import ask

FURTHEST = Tried(**rules.DIALS_MAX)


def test_one_lives_at_a_time() -> None:
    world = World(is_under_way=False)
    assert isinstance(decide(world, ask()), SimulationStarted)
    assert decide(world, ask()) == Refused("simulation_under_way")


@pytest.mark.parametrize(
    "asked",
    [
        ask(kind="dream"), ask(people=499), ask(people=200_001), ask(days=29), ask(days=731),
        ask(seed=-1), ask(seed=2**31), ask(tried=Tried(touches_week=15)),
        ask(tried=Tried(cards=-1)), ask(tried=Tried(share_quota=22)),
        ask(tried=Tried(discount_percent=61)),
    ],
)  # fmt: skip
def test_what_is_out_of_bounds_is_refused(asked: StartSimulation) -> None:
    answer = decide(World(is_under_way=False), asked)
    assert answer == Refused("simulation_out_of_bounds", dict(rules.DIALS_MAX))
    assert decide(World(is_under_way=False), ask(book=2)) == Refused("wrong_book")


def test_the_ends_of_the_bounds_are_within(fresh_database: tuple[str, str]) -> None:
    asked = ask(kind="life", people=200_000, days=730, seed=2**31 - 1, tried=FURTHEST)

    async def scene() -> None:
        async with opened(fresh_database[0]) as market:
            answer = await market.ask(asked)
            assert isinstance(answer, SimulationStarted)
            assert await market.ask(ask()) == Refused("simulation_under_way")
            (found,) = await market.look(
                simulations, book=MARKET, kind="life", before=2**63 - 1, simulations_max=2
            )
            dials = (
                found.touches_week, found.cards, found.share_quota, found.discount_percent,
            )  # fmt: skip
            assert dials == tuple(rules.DIALS_MAX.values())
            assert (found.people, found.days, found.seed) == (200_000, 730, 2**31 - 1)
            assert (found.asked_by, found.ended_at, found.trouble) == (7, None, "")

    asyncio.run(scene())
