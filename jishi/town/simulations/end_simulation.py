"""End a simulation: it lived to its end, with what came of it, or did not, and why."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import MARKET, Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.town.simulations import rules


class EndSimulation(Request, frozen=True, kw_only=True):
    """This simulation is over; asked in the market's book. `result` is what a rehearsal told.

    Refused: `wrong_book`, `trouble_unknown`, `simulation_ended`, `result_out_of_bounds`.
    """

    simulation_id: int
    trouble: str
    result: str


class SimulationEnded(Event, frozen=True, kw_only=True):
    """The simulation (`subject_id`) is over."""

    trouble: str


class Known(msgspec.Struct, frozen=True):
    """A simulation that did not end."""

    simulation_id: int
    kind: str


World = dict[int, str]
sql = queries(__file__)
still_open = sql.many("still_open", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[EndSimulation]) -> World:
    """Read which of them did not end."""
    found = await still_open(tx, numbers=[each.simulation_id for each in asked])
    return {each.simulation_id: each.kind for each in found}


def decide(world: World, asked: EndSimulation) -> SimulationEnded | Refused:
    """Accept the end of one that did not end, with what may come of it."""
    if asked.book != MARKET:
        return Refused("wrong_book")
    if asked.trouble and asked.trouble not in rules.TROUBLES:
        return Refused("trouble_unknown")
    if asked.simulation_id not in world:
        return Refused("simulation_ended")
    if not rules.is_result(world[asked.simulation_id], asked.trouble, asked.result):
        return Refused("result_out_of_bounds")
    del world[asked.simulation_id]
    return SimulationEnded(subject_id=asked.simulation_id, trouble=asked.trouble)


async def record(tx: Tx, happened: Sequence[Happened[EndSimulation, SimulationEnded]]) -> None:
    """Write it down."""
    rows = [(event.subject_id, event.trouble, asked.result) for asked, event, _ in happened]
    await write(tx, **columns(rows, "numbers", "troubles", "results"))


end_simulation = Act(EndSimulation, SimulationEnded, gather, decide, record)
