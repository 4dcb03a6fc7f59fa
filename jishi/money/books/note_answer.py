"""Note what WeChat's query said of a difference, beside what both sides wrote."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.money.rules import is_text


class NoteAnswer(Request, frozen=True, kw_only=True):
    """WeChat was asked about a difference, named by its event and position.

    Refused: `answer_out_of_bounds`, `difference_unknown`, `answer_noted`.
    """

    number: int
    position: int
    state: str
    amount_fen: int | None


class AnswerNoted(Event, frozen=True, kw_only=True):
    """The answer stands beside the difference."""

    position: int


class Asked(msgspec.Struct, frozen=True):
    """A difference, and whether an answer stands beside it."""

    number: int
    position: int
    is_answered: bool


World = dict[tuple[int, int], bool]
sql = queries(__file__)
read = sql.many("read", Asked)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[NoteAnswer]) -> World:
    """Read the differences."""
    named = sorted({(each.number, each.position) for each in asked if 0 < each.position < 2**31})
    found = await read(tx, **columns(named, "numbers", "positions"))
    return {(each.number, each.position): each.is_answered for each in found}


def decide(world: World, asked: NoteAnswer) -> AnswerNoted | Refused:
    """Accept the first answer."""
    if not is_text(asked.state) or not 0 <= (asked.amount_fen or 0) < 2**63:
        return Refused("answer_out_of_bounds")
    name = (asked.number, asked.position)
    if name not in world:
        return Refused("difference_unknown")
    if world[name]:
        return Refused("answer_noted")
    world[name] = True
    return AnswerNoted(subject_id=asked.number, position=asked.position)


async def record(tx: Tx, happened: Sequence[Happened[NoteAnswer, AnswerNoted]]) -> None:
    """Write the answers."""
    rows = [
        (asked.number, asked.position, asked.state, asked.amount_fen) for asked, _, _ in happened
    ]
    await write(tx, **columns(rows, "numbers", "positions", "states", "amounts"))


note_answer = Act(NoteAnswer, AnswerNoted, gather, decide, record)
