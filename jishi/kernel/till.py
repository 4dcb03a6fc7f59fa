"""A till serves one book in one process, its acts in turn, a batch at a time.

While a batch commits the next one gathers its requests, so nobody waits on a timer. The prose is
`docs/algorithms/till.md`.
"""

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from jishi.kernel import limits
from jishi.kernel.act import BUSY, Act
from jishi.kernel.batch import Asked, Settled, answer_batch
from jishi.kernel.database import Database
from jishi.kernel.failures import is_contended, is_down


class Waiter(NamedTuple):
    """Who asked, and when they give up waiting for a lost database (monotonic seconds)."""

    asked: Asked
    answer: asyncio.Future[Settled]
    until: float


class Till:
    """Serves one book. It has a task only while somebody waits, so an idle till costs nothing."""

    def __init__(self, book: int, database: Database, gone: Callable[[int], None]) -> None:
        self.book, self.database, self.gone = book, database, gone
        self.waiting: dict[Act[Any, Any, Any], deque[Waiter]] = {}
        self.waiting_count = 0
        self.server: asyncio.Task[None] | None = None

    async def ask(self, act: Act[Any, Any, Any], asked: Asked) -> Settled:
        """Wait for the answer; a full till refuses `busy` at once."""
        if self.waiting_count >= limits.WAITING_MAX:
            return Settled(BUSY)
        answer: asyncio.Future[Settled] = asyncio.get_running_loop().create_future()
        waiter = Waiter(asked, answer, time.monotonic() + limits.ASK_SECONDS_MAX)
        self.waiting.setdefault(act, deque()).append(waiter)
        self.waiting_count += 1
        if self.server is None:
            self.server = asyncio.create_task(self.serve(), name=f"till of book {self.book}")
        return await answer

    async def serve(self) -> None:
        """Answer batches until nobody waits. Between the last look and leaving nothing awaits."""
        while self.waiting:
            act, batch = self.take()
            await self.answer(act, batch)
        self.server = None
        self.gone(self.book)

    def take(self) -> tuple[Act[Any, Any, Any], list[Waiter]]:
        """Take a batch of the act whose turn it is; what is left of it goes to the end."""
        act = next(iter(self.waiting))
        queue = self.waiting.pop(act)
        batch = [queue.popleft() for _ in range(min(len(queue), limits.BATCH_MAX))]
        if queue:
            self.waiting[act] = queue
        self.waiting_count -= len(batch)
        return act, batch

    async def answer(self, act: Act[Any, Any, Any], batch: Sequence[Waiter]) -> None:
        """Answer a batch, or its halves, so that one bad request does not spoil the others."""
        try:
            settled = await self.settle(act, batch)
        except Exception as error:  # noqa: BLE001 - whatever went wrong belongs to whoever asked
            if len(batch) == 1:
                _give(batch[0], error)
                return
            # In halves, not one by one: a bad request then costs the logarithm of its batch.
            half = len(batch) // 2
            await self.answer(act, batch[:half])
            await self.answer(act, batch[half:])
            return
        for waiter, answer in zip(batch, settled, strict=True):
            _give(waiter, answer)

    async def settle(self, act: Act[Any, Any, Any], batch: Sequence[Waiter]) -> list[Settled]:
        """Ask the batch, and ask it again with the same keys while the database is away."""
        contended = 0
        pause = limits.RETRY_SECONDS_MIN
        while True:
            try:
                asked = [waiter.asked for waiter in batch]
                return await answer_batch(self.database, act, self.book, asked)
            except Exception as error:
                contended += is_contended(error)
                is_passing = is_contended(error) and contended <= limits.CONTENDED_TRIES_MAX
                if not is_down(error) and not is_passing:
                    raise
                if time.monotonic() + pause > min(waiter.until for waiter in batch):
                    return [Settled(BUSY)] * len(batch)
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - jitter, not secrets
            pause = min(pause * 2, limits.RETRY_SECONDS_MAX)


def _give(waiter: Waiter, answer: Settled | Exception) -> None:
    if waiter.answer.done():
        return
    if isinstance(answer, Exception):
        waiter.answer.set_exception(answer)
    else:
        waiter.answer.set_result(answer)
