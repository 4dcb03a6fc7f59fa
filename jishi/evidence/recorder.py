"""The recorder: what pages see waits in memory and is copied in bulk; no page ever waits for it."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import structlog
from msgspec import Struct

from jishi.evidence.types import Origin, Seen
from jishi.kernel import MARKET, CopiedAlready, Market, Tx, columns, copy, new_id, queries
from jishi.kernel.failures import is_down

ROWS_MAX = 2_000
"""Rows of one copy: a few milliseconds."""

WAITING_MAX = 20_000
"""Rows that wait for a database that is away, some ten megabytes; what comes then is dropped."""

PAUSE_SECONDS = 1.0
CLOSING_SECONDS_MAX = 5

COLUMNS = (
    "book", "event_id", "at", "person_id", "actor_id", "session_id", "type", "object_type",
    "object_id", "amount_fen", "quantity", "value", "entry", "source", "touch_id", "share_id",
    "depth", "props", "is_robot", "batch",
)  # fmt: skip

log = structlog.get_logger()


class Nameless(Struct, frozen=True):
    """Somebody who is not to be named by what he looks at."""

    person_id: int


class Batch(Struct, frozen=True):
    """The number of a copy."""

    batch: int


class Waiting(Struct):
    """What is copied together, and how many before it were dropped. Copied again, it is the same.

    The copies' numbers come from the database; those of the rows are given here, once.
    """

    seen: list[tuple[int, Seen]]
    origins: list[Origin]
    dropped: int = 0

    def __len__(self) -> int:
        return len(self.seen) + len(self.origins)


sql = queries(__file__)
nameless = sql.many("nameless", Nameless)
next_batch = sql.one("next_batch", Batch)
write_origins = sql.run("write_origins")


class Recorder:
    """Records for one process; opened with the market, deaf while it is closed."""

    def __init__(self) -> None:
        self.market: Market | None = None
        self.waiting, self.under_way = Waiting([], []), Waiting([], [])
        self.awake = asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    def open(self, market: Market) -> None:
        """Record into this market from now on."""
        self.market, self.awake = market, asyncio.Event()
        self.waiting, self.under_way = Waiting([], []), Waiting([], [])
        self.task = asyncio.create_task(self.keep(), name="recorder")

    async def close(self) -> None:
        """Copy what is left, as far as it can be done now, and forget the market."""
        task, self.task = self.task, None
        self.awake.set()
        if task is not None:
            # A COPY is never cut off in the middle: the driver may fall with it.
            await asyncio.wait({task}, timeout=CLOSING_SECONDS_MAX)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        with suppress(Exception):
            await self.flush()
        self.market = None

    def note(self, seen: Seen) -> None:
        """Record what a page saw, soon."""
        if self._has_room():
            self.waiting.seen.append((new_id(), seen))

    def note_origin(self, origin: Origin) -> None:
        """Record through which visit an order came, soon."""
        if self._has_room():
            self.waiting.origins.append(origin)

    def _has_room(self) -> bool:
        if self.market is None:
            return False
        if len(self.waiting) >= WAITING_MAX:
            self.waiting.dropped += 1
            return False
        if len(self.waiting) >= ROWS_MAX:
            self.awake.set()
        return True

    async def keep(self) -> None:
        """Copy every second, or as soon as there is enough; until it is closed."""
        while True:
            if self.task is not asyncio.current_task():
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(PAUSE_SECONDS):
                    await self.awake.wait()
            self.awake.clear()
            try:
                await self.flush()
            except Exception as error:
                if not is_down(error):
                    # The same rows would fail for ever.
                    self.waiting.dropped += len(self.under_way)
                    self.under_way = Waiting([], [])
                    log.exception("what was seen could not be copied")

    async def flush(self) -> None:
        """Copy all that waits. What is under way when the database goes is copied again."""
        while len(self.under_way) or len(self.waiting) or self.waiting.dropped:
            if not len(self.under_way):
                self.under_way, self.waiting = self._next()
            try:
                await self._write(self.under_way)
            except CopiedAlready:
                log.info("what was seen was copied before the answer was lost")
            if self.under_way.dropped:
                log.warning("what was seen was dropped", rows=self.under_way.dropped)
            self.under_way = Waiting([], [])

    def _next(self) -> tuple[Waiting, Waiting]:
        now, later = self.waiting, Waiting([], [])
        now.dropped += self.under_way.dropped
        now.seen, later.seen = now.seen[:ROWS_MAX], now.seen[ROWS_MAX:]
        now.origins, later.origins = now.origins[:ROWS_MAX], now.origins[ROWS_MAX:]
        return now, later

    async def _write(self, waiting: Waiting) -> None:
        assert self.market is not None
        every: Sequence[Seen | Origin] = [*(each for _, each in waiting.seen), *waiting.origins]
        asked = sorted({each.person_id for each in every if each.person_id})
        async with self.market.database.transaction(book=MARKET) as connection:
            tx = Tx(connection, MARKET)
            found = await nameless(tx, person_ids=asked) if asked else []
            hidden = {0, *(each.person_id for each in found)}
            given = await next_batch(tx, rows=len(waiting.seen), dropped=waiting.dropped)
            assert given is not None
            rows = [_row(number, seen, hidden, given.batch) for number, seen in waiting.seen]
            await copy(tx, "evidence.seen", COLUMNS, rows)
            await write_origins(tx, **_origins(waiting.origins, hidden))


def _row(number: int, seen: Seen, hidden: set[int], batch: int) -> tuple[object, ...]:
    sight, person_id = seen.sight, 0 if seen.person_id in hidden else seen.person_id
    props = f'{{"page":"{sight.page}"}}' if sight.page else ""
    return (
        sight.book, number, seen.at, person_id, 0, seen.session_id, sight.type, sight.object_type,
        sight.object_id, 0, sight.quantity, sight.value, seen.entry, "", 0, 0, 0, props,
        seen.is_robot, batch,
    )  # fmt: skip


def _origins(origins: list[Origin], hidden: set[int]) -> dict[str, list[object]]:
    # By the number of the visit one would find what he looked at.
    rows = [
        (each.book, each.order_id, 0 if each.person_id in hidden else each.session_id, each.entry)
        for each in origins
    ]
    return columns(rows, "books", "order_ids", "session_ids", "entries")


recorder = Recorder()
