"""Note that a code is on its way: what was sent is forgotten here."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries


class NoteCodeSent(Request, frozen=True, kw_only=True):
    """Whoever brings messages took this code.

    Refused: `code_unknown` (also when it was noted).
    """

    code_id: int


class CodeSent(Event, frozen=True, kw_only=True):
    """The code (`subject_id`) is on its way."""


class Waiting(msgspec.Struct, frozen=True):
    """A code that waits to be sent."""

    code_id: int


class World(msgspec.Struct):
    """The codes that wait."""

    code_ids: set[int]


sql = queries(__file__)
waiting = sql.many("waiting", Waiting)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[NoteCodeSent]) -> World:
    """Read which of them wait."""
    found = await waiting(tx, code_ids=[each.code_id for each in asked])
    return World({each.code_id for each in found})


def decide(world: World, asked: NoteCodeSent) -> CodeSent | Refused:
    """Accept a code that waits."""
    if asked.code_id not in world.code_ids:
        return Refused("code_unknown")
    world.code_ids.discard(asked.code_id)
    return CodeSent(subject_id=asked.code_id)


async def record(tx: Tx, happened: Sequence[Happened[NoteCodeSent, CodeSent]]) -> None:
    """Write when, and forget what was sent."""
    await write(tx, code_ids=[event.subject_id for _, event, _ in happened])


note_code_sent = Act(NoteCodeSent, CodeSent, gather, decide, record)
