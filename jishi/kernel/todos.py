"""Todos: what is still to be done about events, worked in batches, ended by an answer.

A todo ends only when everything its reaction asked for was answered by an event or a final
refusal. Until then it is leased, tried again with a growing pause, and at last laid aside dead,
where the operator sees it. A worker that dies loses its lease and another takes over; since the
keys of what follows come from the event, doing it again is doing it once.
"""

import asyncio
import random
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec
import structlog

from jishi.kernel import limits
from jishi.kernel.act import Answer, Refused, Request, event_types
from jishi.kernel.batch import TodoKey
from jishi.kernel.database import Database
from jishi.kernel.reaction import Reaction, Told
from jishi.kernel.sql import columns, queries
from jishi.kernel.tx import Tx

log = structlog.get_logger()


class Todo(msgspec.Struct, frozen=True):
    """A claimed todo with its event."""

    book: int
    number: int
    reaction: str
    tries: int
    event_at: datetime
    name: str
    body: str


sql = queries(__file__)
claim_due = sql.many("claim_due", Todo)
claim_these = sql.many("claim_these", Todo)
end = sql.run("end")
put_off = sql.run("put_off")

Ask = Callable[[Request], Awaitable[Answer]]


class Worker:
    """Works the todos of one process."""

    def __init__(self, database: Database, ask: Ask) -> None:
        self.database, self.ask = database, ask

    async def work_due(self) -> int:
        """Claim what is due and do it; give how many todos were claimed."""
        async with self.database.transaction() as connection:
            todos = await claim_due(
                Tx(connection), todos_max=limits.TODOS_MAX, lease=limits.TODO_LEASE_SECONDS
            )
        await self.do(todos)
        return len(todos)

    async def work_these(self, keys: Sequence[TodoKey]) -> None:
        """Do just these todos, now, for a page that waits for their outcome."""
        async with self.database.transaction() as connection:
            todos = await claim_these(
                Tx(connection),
                lease=limits.TODO_LEASE_SECONDS,
                **columns(keys, "books", "numbers", "reactions"),
            )
        await self.do(todos)

    async def do(self, todos: Sequence[Todo]) -> None:
        """Let each reaction see its events together, ask what it wants, then end or put off."""
        by_reaction: dict[str, list[Todo]] = defaultdict(list)
        for todo in todos:
            by_reaction[todo.reaction].append(todo)
        troubles: dict[TodoKey, str | None] = {}
        for name, batch in by_reaction.items():
            troubles |= await self.react(Reaction.known.get(name), batch)
        await self.settle(todos, troubles)

    async def react(
        self, reaction: Reaction[Any] | None, batch: Sequence[Todo]
    ) -> dict[TodoKey, str | None]:
        """Do a batch; one whose reaction fails is done again one by one, to find the bad one."""
        if reaction is None:
            return {_key(todo): "reaction_unknown" for todo in batch}
        types = event_types()
        told = [
            Told(t.book, t.number, t.event_at, msgspec.json.decode(t.body, type=types[t.name]))
            for t in batch
        ]
        try:
            wanted = await reaction.react(told)
        except Exception as error:  # noqa: BLE001 - a port may raise anything; the todo stays
            if len(batch) == 1:
                return {_key(batch[0]): type(error).__name__}
            alone = [await self.react(reaction, [todo]) for todo in batch]
            return {key: trouble for each in alone for key, trouble in each.items()}
        ended = await asyncio.gather(*(self.ask_all(requests) for requests in wanted))
        return {_key(todo): trouble for todo, trouble in zip(batch, ended, strict=True)}

    async def ask_all(self, requests: Sequence[Request]) -> str | None:
        """Ask everything; give the first reason why it is not ended, or none."""
        answers = await asyncio.gather(*map(self.ask, requests), return_exceptions=True)
        for answer in answers:
            if isinstance(answer, BaseException):
                return type(answer).__name__
            if isinstance(answer, Refused) and not answer.is_final:
                return answer.reason
        return None

    async def settle(self, todos: Sequence[Todo], troubles: dict[TodoKey, str | None]) -> None:
        """Delete what ended; put off the rest, or lay it aside dead after the last try."""
        ended = [_key(todo) for todo in todos if troubles[_key(todo)] is None]
        rest = [todo for todo in todos if troubles[_key(todo)] is not None]
        if not todos:
            return
        for todo in rest:
            is_dead = todo.tries >= limits.TODO_TRIES_MAX
            word = "todo is dead" if is_dead else "todo is put off"
            log.warning(
                word, reaction=todo.reaction, tries=todo.tries, trouble=troubles[_key(todo)]
            )
        rows = [
            (
                *_key(todo),
                _pause(todo.tries),
                troubles[_key(todo)],
                todo.tries >= limits.TODO_TRIES_MAX,
            )
            for todo in rest
        ]
        async with self.database.transaction() as connection:
            tx = Tx(connection)
            if ended:
                await end(tx, **columns(ended, "books", "numbers", "reactions"))
            if rest:
                names = ("books", "numbers", "reactions", "pauses", "troubles", "deaths")
                await put_off(tx, **columns(rows, *names))


def _key(todo: Todo) -> TodoKey:
    return TodoKey(todo.book, todo.number, todo.reaction)


def _pause(tries: int) -> int:
    """Give the seconds until the next try: doubling, with jitter, up to a quarter of an hour."""
    longest = min(2**tries, limits.TODO_BACKOFF_SECONDS_MAX)
    return random.randint(max(1, longest // 2), longest)  # noqa: S311 - jitter, not secrets
