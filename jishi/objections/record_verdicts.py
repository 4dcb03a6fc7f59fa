"""Record verdicts: what the data say of the eight today is kept, with its date, for ever."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import MARKET, Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.objections import rules
from jishi.objections.types import Answer

ANYBODYS_DATA = 0
"""The number of no simulation: the market's own data."""


class RecordVerdicts(Request, frozen=True, kw_only=True):
    """Keep the eight answers to the eight questions; asked in the market's book.

    `simulation_id` is the simulation they were asked of, 0 for the market's own data; `measuring`
    is what it was asked for, 0 where nobody waits.
    Refused: `wrong_book`, `verdicts_out_of_bounds`, `measuring_ended`.
    """

    lake: str
    simulation_id: int
    measuring: int
    answers: tuple[Answer, ...]


class VerdictsRecorded(Event, frozen=True, kw_only=True):
    """The market (`subject_id`) has eight answers more, in the order of the questions."""

    lake: str
    simulation_id: int
    verdicts: tuple[str, ...]


class Known(msgspec.Struct, frozen=True):
    """A measuring that did not end."""

    measuring: int


World = set[int]
sql = queries(__file__)
open_measurings = sql.many("open_measurings", Known)
write = sql.run("write")
end = sql.run("end")


async def gather(tx: Tx, asked: Sequence[RecordVerdicts]) -> World:
    """Read which measurings did not end."""
    found = await open_measurings(tx, numbers=[each.measuring for each in asked])
    return {each.measuring for each in found}


def decide(world: World, asked: RecordVerdicts) -> VerdictsRecorded | Refused:
    """Accept eight answers of one lake, for a measuring that waits or for nobody."""
    if asked.book != MARKET:
        return Refused("wrong_book")
    is_simulated = asked.lake == rules.SIMULATED_LAKE
    if asked.lake not in rules.LAKES or is_simulated != (asked.simulation_id > ANYBODYS_DATA):
        return Refused("verdicts_out_of_bounds")
    if asked.simulation_id < ANYBODYS_DATA or not rules.are_answers(asked.answers, asked.lake):
        return Refused("verdicts_out_of_bounds")
    if asked.measuring and asked.measuring not in world:
        return Refused("measuring_ended")
    world.discard(asked.measuring)
    return VerdictsRecorded(
        subject_id=MARKET, lake=asked.lake, simulation_id=asked.simulation_id,
        verdicts=tuple(each.verdict for each in asked.answers),
    )  # fmt: skip


async def record(tx: Tx, happened: Sequence[Happened[RecordVerdicts, VerdictsRecorded]]) -> None:
    """Write the answers, and end what was waited for."""
    rows = [
        (number, each.question, asked.lake, asked.simulation_id, each.as_of, each.verdict,
         rules.written(each), asked.actor_id)
        for asked, _, number in happened
        for each in asked.answers
    ]  # fmt: skip
    names = (
        "recordings", "questions", "lakes", "simulations", "days", "verdicts", "answers", "actors",
    )  # fmt: skip
    await write(tx, **columns(rows, *names))
    if waited := [asked.measuring for asked, _, _ in happened if asked.measuring]:
        await end(tx, numbers=waited)


record_verdicts = Act(RecordVerdicts, VerdictsRecorded, gather, decide, record)
