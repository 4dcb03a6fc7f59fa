"""Explain a difference: a person says why it is none; above a limit a second one must agree."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries

ALONE_FEN_MAX = 50_000
"""Above 500 yuan two persons must say so."""

NOTE_CHARACTERS_MAX = 500


class ExplainDifference(Request, frozen=True, kw_only=True):
    """Somebody (`actor_id`) looked into a difference, named by its event and position.

    Refused: `person_needed`, `note_out_of_bounds`, `difference_unknown`, `difference_ended`,
    `second_person_needed`.
    """

    number: int
    position: int
    note: str


class DifferenceExplained(Event, frozen=True, kw_only=True):
    """It is ended; or, above the limit, waits for a second person to say why."""

    position: int
    is_ended: bool


class Disputed(msgspec.Struct):
    """A difference: what is at stake (fen), who explained it first (0 nobody), whether it ended."""

    number: int
    position: int
    stake_fen: int
    first_actor_id: int
    is_ended: bool


World = dict[tuple[int, int], Disputed]
sql = queries(__file__)
read = sql.many("read", Disputed)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[ExplainDifference]) -> World:
    """Read the differences, and who explained them before."""
    named = sorted({(each.number, each.position) for each in asked if 0 < each.position < 2**31})
    found = await read(tx, **columns(named, "numbers", "positions"))
    return {(each.number, each.position): each for each in found}


def decide(world: World, asked: ExplainDifference) -> DifferenceExplained | Refused:
    """Accept a person's reason; above the limit the second person's ends it."""
    if asked.actor_id <= 0:
        return Refused("person_needed")
    if not is_note(asked.note):
        return Refused("note_out_of_bounds", {"characters_max": NOTE_CHARACTERS_MAX})
    disputed = world.get((asked.number, asked.position))
    if disputed is None:
        return Refused("difference_unknown")
    if disputed.is_ended:
        return Refused("difference_ended")
    if disputed.first_actor_id == asked.actor_id:
        return Refused("second_person_needed")
    disputed.is_ended = disputed.stake_fen <= ALONE_FEN_MAX or disputed.first_actor_id != 0
    disputed.first_actor_id = disputed.first_actor_id or asked.actor_id
    return DifferenceExplained(
        subject_id=asked.number, position=asked.position, is_ended=disputed.is_ended
    )


def is_note(note: str) -> bool:
    """Tell whether this says something, and a table keeps it."""
    return bool(note.strip()) and len(note) <= NOTE_CHARACTERS_MAX and "\x00" not in note


async def record(
    tx: Tx, happened: Sequence[Happened[ExplainDifference, DifferenceExplained]]
) -> None:
    """Write who said what, and what it ended."""
    rows = [
        (asked.number, asked.position, number, asked.note, asked.actor_id, event.is_ended)
        for asked, event, number in happened
    ]
    names = ("numbers", "positions", "ends", "notes", "actor_ids", "ended")
    await write(tx, **columns(rows, *names))


explain_difference = Act(ExplainDifference, DifferenceExplained, gather, decide, record)
