"""One batch of one act in one book: one transaction. Recall, gather, decide, record, remember."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from jishi.kernel.act import Act, Answer, Happened, Refused, Request, event_types
from jishi.kernel.database import Database
from jishi.kernel.limits import INLINE_LEASE_SECONDS
from jishi.kernel.reaction import Reaction
from jishi.kernel.sql import columns, queries
from jishi.kernel.tx import Tx


class Recalled(msgspec.Struct, frozen=True):
    """The moment, how many events the book has, and one key that was answered before, if any."""

    now: datetime
    events: int
    key: UUID | None
    fingerprint: int | None
    number: int | None
    event_at: datetime | None


class Told(msgspec.Struct, frozen=True):
    """An event as it was kept."""

    number: int
    name: str
    body: str


class Asked(NamedTuple):
    """A request, and whether somebody waits for what follows from it."""

    request: Request
    is_waited_for: bool


class TodoKey(NamedTuple):
    """What a reaction has still to do about an event."""

    book: int
    number: int
    reaction: str


class Settled(NamedTuple):
    """The answer to a request, and the todos that its event left."""

    answer: Answer
    todos: tuple[TodoKey, ...] = ()


REUSED = Refused("key_reused")
UNKNOWN = Refused("book_unknown")

sql = queries(__file__)
recall = sql.many("recall", Recalled)
retell = sql.many("retell", Told)
remember = sql.run("remember")


async def answer_batch(
    database: Database, act: Act[Any, Any, Any], book: int, asked: Sequence[Asked]
) -> list[Settled]:
    """Answer a batch in one transaction, in the order asked. Nothing is answered before commit."""
    prints = [each.request.fingerprint() for each in asked]
    async with database.transaction(book=book, lock=True) as connection:
        found = await recall(Tx(connection, book), keys=list({each.request.key for each in asked}))
        if not found:
            return [Settled(UNKNOWN)] * len(asked)
        tx = Tx(connection, book, found[0].now)
        page = await _recollect(tx, found)
        fresh: dict[UUID, Request] = {}
        for each, fingerprint in zip(asked, prints, strict=True):
            if page.fingerprints.setdefault(each.request.key, fingerprint) == fingerprint:
                if each.request.key not in page.answers:
                    fresh.setdefault(each.request.key, each.request)
        if fresh:
            happened = await _decide(tx, act, list(fresh.values()), page, found[0].events)
            if happened:
                await act.record(tx, happened)
                waited_for = {each.request.key for each in asked if each.is_waited_for}
                await _keep(tx, act, happened, page, waited_for)
    return [
        Settled(page.answers[each.request.key], page.todos.get(each.request.key, ()))
        if page.fingerprints[each.request.key] == fingerprint
        else Settled(REUSED)
        for each, fingerprint in zip(asked, prints, strict=True)
    ]


class Page:
    """What a batch knows of its keys: the body each stands for, its answer, what it left."""

    def __init__(self) -> None:
        self.fingerprints: dict[UUID, int] = {}
        self.answers: dict[UUID, Answer] = {}
        self.todos: dict[UUID, tuple[TodoKey, ...]] = {}


async def _recollect(tx: Tx, found: Sequence[Recalled]) -> Page:
    """Give again what was answered before; the book is locked, so nobody is answering it now."""
    page = Page()
    known = {each.number: each for each in found if each.number is not None}
    if known:
        moments = [each.event_at for each in known.values()]
        types = event_types()
        for told in await retell(tx, numbers=list(known), moments=moments):
            each = known[told.number]
            assert each.key is not None
            assert each.fingerprint is not None
            page.fingerprints[each.key] = each.fingerprint
            page.answers[each.key] = msgspec.json.decode(told.body, type=types[told.name])
    return page


async def _decide(
    tx: Tx, act: Act[Any, Any, Any], fresh: list[Request], page: Page, events: int
) -> list[Happened[Any, Any]]:
    world = await act.gather(tx, fresh)
    happened: list[Happened[Any, Any]] = []
    for request in fresh:
        answer = page.answers[request.key] = act.decide(world, request)
        if not isinstance(answer, Refused):
            happened.append(Happened(request, answer, events + len(happened) + 1))
    return happened


async def _keep(
    tx: Tx,
    act: Act[Any, Any, Any],
    happened: Sequence[Happened[Any, Any]],
    page: Page,
    waited_for: set[UUID],
) -> None:
    """Write keys, events and todos, and the book's new count of events, in one statement."""
    reactions = Reaction.names_for(act.event)
    rows, todos = [], []
    for request, event, number in happened:
        body = msgspec.json.encode(event).decode()
        fingerprint = page.fingerprints[request.key]
        rows.append((request.key, fingerprint, number, event.subject_id, request.actor_id, body))
        at_once = [name for name in reactions if not Reaction.known[name].after_seconds]
        page.todos[request.key] = tuple(TodoKey(tx.book, number, name) for name in at_once)
        lease = INLINE_LEASE_SECONDS if request.key in waited_for else 0
        todos += [(number, name, Reaction.known[name].after_seconds or lease) for name in reactions]
    await remember(
        tx,
        name=act.event.__name__,
        **columns(rows, "keys", "fingerprints", "numbers", "subjects", "actors", "bodies"),
        **columns(todos, "todo_numbers", "reactions", "pauses"),
    )
