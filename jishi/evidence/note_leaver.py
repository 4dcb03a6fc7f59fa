"""Note a leaver: somebody was erased; what he did here is to be folded and forgotten too."""

from collections.abc import Sequence

from msgspec import Struct

from jishi.kernel import (
    MARKET,
    Act,
    Event,
    Happened,
    Reaction,
    Refused,
    Request,
    Told,
    Tx,
    queries,
)
from jishi.people import PersonErased


class NoteLeaver(Request, frozen=True, kw_only=True):
    """A person (`actor_id`) was erased. Asked of the market's book.

    Refused: `leaver_unclear` (nobody, or another book), `leaver_known`.
    """


class LeaverNoted(Event, frozen=True, kw_only=True):
    """The person (`subject_id`) is to be forgotten here."""


class Known(Struct, frozen=True):
    """Somebody who left already."""

    person_id: int


World = set[int]
sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[NoteLeaver]) -> World:
    """Read who left already."""
    return {each.person_id for each in await known(tx, person_ids=[a.actor_id for a in asked])}


def decide(world: World, asked: NoteLeaver) -> LeaverNoted | Refused:
    """Accept everybody once."""
    if asked.book != MARKET or asked.actor_id <= 0:
        return Refused("leaver_unclear")
    if asked.actor_id in world:
        return Refused("leaver_known")
    world.add(asked.actor_id)
    return LeaverNoted(subject_id=asked.actor_id)


async def record(tx: Tx, happened: Sequence[Happened[NoteLeaver, LeaverNoted]]) -> None:
    """Write who left."""
    await write(tx, person_ids=[event.subject_id for _, event, _ in happened])


note_leaver = Act(NoteLeaver, LeaverNoted, gather, decide, record)


async def leave(told: Sequence[Told[PersonErased]]) -> Sequence[Sequence[Request]]:
    """Note each of them."""
    return [
        [NoteLeaver(key=each.key("leaver"), book=MARKET, actor_id=each.event.subject_id)]
        for each in told
    ]


Reaction("evidence.note_leaver", PersonErased, leave)
