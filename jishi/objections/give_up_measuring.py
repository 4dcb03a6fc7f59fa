"""Give a measuring up: it ended without answers, and why."""

from collections.abc import Sequence

from jishi.kernel import MARKET, Act, Event, Happened, Refused, Request, Tx, queries
from jishi.objections import rules
from jishi.objections.record_verdicts import Known, open_measurings


class GiveUpMeasuring(Request, frozen=True, kw_only=True):
    """This measuring brings no answers; asked in the market's book.

    Refused: `wrong_book`, `trouble_unknown`, `measuring_ended`.
    """

    measuring: int
    trouble: str


class MeasuringGivenUp(Event, frozen=True, kw_only=True):
    """The measuring (`subject_id`) ended without answers."""

    trouble: str


World = set[int]
sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[GiveUpMeasuring]) -> World:
    """Read which of them did not end."""
    found: list[Known] = await open_measurings(tx, numbers=[each.measuring for each in asked])
    return {each.measuring for each in found}


def decide(world: World, asked: GiveUpMeasuring) -> MeasuringGivenUp | Refused:
    """Accept one that did not end."""
    if asked.book != MARKET:
        return Refused("wrong_book")
    if asked.trouble not in rules.TROUBLES:
        return Refused("trouble_unknown")
    if asked.measuring not in world:
        return Refused("measuring_ended")
    world.remove(asked.measuring)
    return MeasuringGivenUp(subject_id=asked.measuring, trouble=asked.trouble)


async def record(tx: Tx, happened: Sequence[Happened[GiveUpMeasuring, MeasuringGivenUp]]) -> None:
    """Write down why."""
    events = [event for _, event, _ in happened]
    await write(
        tx, numbers=[each.subject_id for each in events], troubles=[each.trouble for each in events]
    )


give_up_measuring = Act(GiveUpMeasuring, MeasuringGivenUp, gather, decide, record)
