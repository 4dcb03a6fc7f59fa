"""Note a question that no goods fit: what is wanted here and not sold."""

from collections.abc import Sequence

from msgspec import Struct

from jishi.discovery import rules
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries

QUESTIONS_MAX = 10_000
"""Different questions kept: more would be somebody's joke."""


class NoteEmptySearch(Request, frozen=True, kw_only=True):
    """Somebody looked for this and found nothing. Who it was is not kept.

    Refused: `not_worth_noting` (no words, too long, digits that may be somebody's, or no room).
    """

    question: str


class EmptySearchNoted(Event, frozen=True, kw_only=True):
    """The question was counted."""


class Kept(Struct, frozen=True):
    """How many questions are kept."""

    questions: int


class World:
    """How many questions are kept; beyond the limit the book is full, whoever fills it."""

    def __init__(self, questions: int) -> None:
        self.questions = questions


sql = queries(__file__)
kept = sql.one("kept", Kept)
count_question = sql.run("count_question")


async def gather(tx: Tx, asked: Sequence[NoteEmptySearch]) -> World:
    """Read how many are kept."""
    del asked
    found = await kept(tx)
    return World(found.questions if found else 0)


def decide(world: World, asked: NoteEmptySearch) -> EmptySearchNoted | Refused:
    """Accept what may be shown to an operator, while there is room."""
    if world.questions >= QUESTIONS_MAX or not rules.is_worth_noting(asked.question):
        return Refused("not_worth_noting")
    world.questions += 1
    return EmptySearchNoted(subject_id=asked.book)


async def record(tx: Tx, happened: Sequence[Happened[NoteEmptySearch, EmptySearchNoted]]) -> None:
    """Count each question once a time it was asked."""
    times: dict[str, int] = {}
    for each in happened:
        question = rules.noted(each.request.question)
        times[question] = times.get(question, 0) + 1
    await count_question(tx, **columns(sorted(times.items()), "questions", "times"))


note_empty_search = Act(NoteEmptySearch, EmptySearchNoted, gather, decide, record)
