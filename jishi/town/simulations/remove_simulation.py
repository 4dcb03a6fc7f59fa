"""Remove a simulation: its rows, all that was said of it, and its files."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from jishi.kernel import MARKET, Act, Event, Happened, Refused, Request, Tx, queries
from jishi.objections.forgetting import forget_answers
from jishi.town.simulations import rules


class RemoveSimulation(Request, frozen=True, kw_only=True):
    """Let nothing be left of this simulation; asked in the market's book.

    Refused: `wrong_book`, `simulation_unknown`, `simulation_under_way`.
    """

    simulation_id: int


class SimulationRemoved(Event, frozen=True, kw_only=True):
    """The simulation (`subject_id`) is gone, with all that was said of it."""


class Known(msgspec.Struct, frozen=True):
    """A simulation, and whether it ended."""

    simulation_id: int
    started_at: datetime
    is_ended: bool


World = dict[int, bool]
"""The simulations there are, and whether each is under way."""

sql = queries(__file__)
known = sql.many("known", Known)
forget_ends = sql.run("forget_ends")
forget = sql.run("forget")


async def gather(tx: Tx, asked: Sequence[RemoveSimulation]) -> World:
    """Read which of them there are."""
    found = await known(tx, numbers=[each.simulation_id for each in asked])
    return {
        each.simulation_id: not each.is_ended and rules.is_under_way(each.started_at, tx.now)
        for each in found
    }


def decide(world: World, asked: RemoveSimulation) -> SimulationRemoved | Refused:
    """Accept one that is there and does not go on."""
    if asked.book != MARKET:
        return Refused("wrong_book")
    if asked.simulation_id not in world:
        return Refused("simulation_unknown")
    if world[asked.simulation_id]:
        return Refused("simulation_under_way")
    del world[asked.simulation_id]
    return SimulationRemoved(subject_id=asked.simulation_id)


async def record(tx: Tx, happened: Sequence[Happened[RemoveSimulation, SimulationRemoved]]) -> None:
    """Forget them, with what was said of them."""
    numbers = [event.subject_id for _, event, _ in happened]
    await forget_answers(tx, simulation_ids=numbers)
    await forget_ends(tx, numbers=numbers)
    await forget(tx, numbers=numbers)


remove_simulation = Act(RemoveSimulation, SimulationRemoved, gather, decide, record)
