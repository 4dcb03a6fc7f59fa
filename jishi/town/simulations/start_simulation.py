"""Start a simulation: a town that does not exist lives some days under some policy."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from jishi.kernel import MARKET, Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.town.simulations import rules
from jishi.town.simulations.types import Tried


class StartSimulation(Request, frozen=True, kw_only=True):
    """Let a town live; asked in the market's book. `kind` is life or rehearsal.

    Refused: `wrong_book`, `simulation_out_of_bounds`, `simulation_under_way`.
    """

    kind: str
    people: int
    days: int
    seed: int
    tried: Tried


class SimulationStarted(Event, frozen=True, kw_only=True):
    """A town lives for the market (`subject_id`); the event's number names the simulation."""

    kind: str
    people: int
    days: int
    seed: int
    tried: Tried


class Open(msgspec.Struct, frozen=True):
    """When the last simulation began, which did not end."""

    started_at: datetime


class World(msgspec.Struct):
    """Whether one goes on already."""

    is_under_way: bool


sql = queries(__file__)
last_open = sql.one("last_open", Open)
write = sql.run("write")


async def gather(tx: Tx, _asked: Sequence[StartSimulation]) -> World:
    """Read the last one, if it did not end."""
    found = await last_open(tx)
    return World(found is not None and rules.is_under_way(found.started_at, tx.now))


def decide(world: World, asked: StartSimulation) -> SimulationStarted | Refused:
    """Accept a town within bounds when none lives."""
    if asked.book != MARKET:
        return Refused("wrong_book")
    is_sized = rules.is_within_bounds(asked.kind, asked.people, asked.days, asked.seed)
    if not is_sized or not rules.are_turned_within_bounds(asked.tried):
        return Refused("simulation_out_of_bounds", dict(rules.DIALS_MAX))
    if world.is_under_way:
        return Refused("simulation_under_way")
    world.is_under_way = True
    return SimulationStarted(
        subject_id=MARKET, kind=asked.kind, people=asked.people, days=asked.days,
        seed=asked.seed, tried=asked.tried,
    )  # fmt: skip


async def record(tx: Tx, happened: Sequence[Happened[StartSimulation, SimulationStarted]]) -> None:
    """Write it down."""
    rows = [
        (number, event.kind, event.people, event.days, event.seed, event.tried.touches_week,
         event.tried.cards, event.tried.share_quota, event.tried.discount_percent, asked.actor_id)
        for asked, event, number in happened
    ]  # fmt: skip
    names = (
        "numbers", "kinds", "people", "days", "seeds", "touches", "cards", "quotas", "discounts",
        "actors",
    )  # fmt: skip
    await write(tx, **columns(rows, *names))


start_simulation = Act(StartSimulation, SimulationStarted, gather, decide, record)
