"""The market: where requests are asked and answered, views looked at, and what follows is done."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from typing import TypeVar, overload

import structlog

from jishi.kernel import limits
from jishi.kernel.act import BUSY, Act, Answer, Request
from jishi.kernel.batch import Asked, Settled, TodoKey
from jishi.kernel.database import Database
from jishi.kernel.failures import is_down
from jishi.kernel.ids import use_node
from jishi.kernel.schedule import enter_schedules, work_schedules
from jishi.kernel.sql import Many, One
from jishi.kernel.till import Till
from jishi.kernel.todos import Worker
from jishi.kernel.tx import Tx

R = TypeVar("R")
log = structlog.get_logger()


class Market:
    """One process's part of the market; `is_working`: it also does todos and scheduled work."""

    def __init__(self, url: str, *, is_working: bool = True) -> None:
        self.database = Database(url)
        self.tills: dict[int, Till] = {}
        self.worker = Worker(self.database, self.ask)
        self.is_working, self.is_open = is_working, False
        self.awake = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []
        self.counts = {"asked": 0, "refused_busy": 0}

    async def open(self) -> None:
        """Connect, take a node number for ids, and begin to work."""
        await self.database.open()
        async with self.database.connection() as connection:
            use_node(await connection.fetchval("select nextval('kernel.nodes')::int"))
        self.is_open = True
        if self.is_working:
            await enter_schedules(self)
            self.tasks = [
                asyncio.create_task(self.keep(self.work_todos), name="todos"),
                asyncio.create_task(self.keep(self.work_by_clock), name="schedules"),
            ]

    async def close(self) -> None:
        """Take nothing new, let the tills answer whoever waits, then disconnect."""
        self.is_open = False
        with suppress(TimeoutError):
            async with asyncio.timeout(limits.DRAIN_SECONDS_MAX):
                while serving := [till.server for till in self.tills.values() if till.server]:
                    await asyncio.wait(serving)
        tasks = list(self.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.database.close()

    async def ask(self, request: Request, *, wait: float = 0) -> Answer:
        """Ask; with `wait` seconds, also do at once what follows, the worker being the fallback."""
        if not self.is_open:
            return BUSY
        self.counts["asked"] += 1
        settled = await self.settle(request, is_waited_for=wait > 0)
        if settled.todos and wait:
            await self.follow(settled.todos, wait)
        elif settled.todos:
            self.awake.set()
        if settled.answer == BUSY:
            self.counts["refused_busy"] += 1
        return settled.answer

    async def settle(self, request: Request, *, is_waited_for: bool) -> Settled:
        """Bring the request to its book's till."""
        till = self.tills.get(request.book)
        if till is None:
            till = self.tills[request.book] = Till(request.book, self.database, self.forget)
        return await till.ask(Act.known[type(request)], Asked(request, is_waited_for))

    def forget(self, book: int) -> None:
        """Let an idle till go."""
        del self.tills[book]

    async def follow(self, todos: Sequence[TodoKey], seconds: float) -> None:
        """Do these todos now; when it takes too long, or fails, the worker will."""
        try:
            async with asyncio.timeout(seconds):
                await self.worker.work_these(todos)
        except Exception as error:  # noqa: BLE001 - the todos are kept: the worker does them
            log.warning("todos are left to the worker", trouble=type(error).__name__)
            self.awake.set()

    @overload
    async def look(
        self, query: Many[R], *, book: int = 0, person: int = 0, **values: object
    ) -> list[R]: ...
    @overload
    async def look(
        self, query: One[R], *, book: int = 0, person: int = 0, **values: object
    ) -> R | None: ...
    async def look(
        self, query: Many[R] | One[R], *, book: int = 0, person: int = 0, **values: object
    ) -> list[R] | R | None:
        """Look at a view. With `book` or `person` it sees what row-level security shows those."""
        if book or person:
            async with self.database.transaction(book=book, person=person) as connection:
                return await query(Tx(connection, book), **values)
        async with self.database.connection() as connection:
            return await query(Tx(connection), **values)

    async def work_todos(self) -> None:
        """Do todos while there are any."""
        self.awake.clear()
        while await self.worker.work_due() == limits.TODOS_MAX:
            pass
        with suppress(TimeoutError):
            async with asyncio.timeout(limits.POLL_SECONDS):
                await self.awake.wait()

    async def work_by_clock(self) -> None:
        """Do what the clock asks for."""
        await work_schedules(self)
        await asyncio.sleep(limits.POLL_SECONDS)

    def begin(self, work: Coroutine[None, None, None], name: str) -> None:
        """Let work go on beside everything else; what is not done when the market closes ends."""
        task = asyncio.create_task(work, name=name)
        self.tasks.append(task)
        task.add_done_callback(self.tasks.remove)

    def doing(self, name: str) -> int:
        """Tell how much work of a name goes on."""
        return sum(task.get_name() == name for task in self.tasks)

    async def keep(self, work: Callable[[], Awaitable[None]]) -> None:
        """Work for ever: a lost database is waited for, anything else is told and tried again."""
        while True:
            try:
                await work()
            except Exception as error:
                if not is_down(error):
                    log.exception("work failed", work=getattr(work, "__name__", ""))
                await asyncio.sleep(limits.POLL_SECONDS)

    def metrics(self) -> dict[str, int]:
        """Give the counts a monitor may see."""
        waiting = sum(till.waiting_count for till in self.tills.values())
        return {**self.counts, "tills": len(self.tills), "waiting": waiting}
