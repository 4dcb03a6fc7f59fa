"""The courier: brings notifications and pushes to developers' servers, again and again."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import structlog
from msgspec import Struct

from jishi.kernel import Tx, columns, queries

if TYPE_CHECKING:
    from jishi.sandbox.world import World

    Post = Callable[[World, "Delivery"], Awaitable["Outcome"]]

log = structlog.get_logger()
CLAIMED_MAX = 64
"""Deliveries under way at once."""

LEASE = timedelta(seconds=60)
"""How long a delivery belongs to whoever took it; a courier that died gives it back by then."""

OUTCOME_MAX = 500


class Delivery(Struct, frozen=True):
    """What is to be brought. `owner` is a merchant's or account's id; `tries` counts this one."""

    delivery_id: int
    kind: str
    owner: str
    url: str
    subject: str
    body: str
    tries: int
    made_at: datetime


class Outcome(Struct, frozen=True):
    """How a try went. `again_at` is for a try that was put off and not made."""

    is_done: bool
    note: str
    again_at: datetime | None = None


class Parcel(Struct, frozen=True):
    """A delivery in the list: what was tried, and when it is tried again."""

    delivery_id: int
    kind: str
    owner: str
    url: str
    subject: str
    tries: int
    outcome: str
    made_at: datetime
    due_at: datetime
    ended_at: datetime | None


class Due(Struct, frozen=True):
    """When something is due next."""

    due_at: datetime | None


class Posting(NamedTuple):
    """How deliveries of a kind are made, and the pauses between the tries in seconds."""

    post: "Post"
    pauses: Sequence[int]


class Ended(NamedTuple):
    """What is written down of a try."""

    delivery_id: int
    outcome: str
    due_at: datetime
    ended_at: datetime | None
    is_tried: bool


sql = queries(__file__)
add_delivery = sql.run("add_delivery")
claim = sql.many("claim", Delivery)
write_outcomes = sql.run("write_outcomes")
next_due = sql.one("next_due", Due)
parcels = sql.many("parcels", Parcel)
bring_forward = sql.run("bring_forward")
known: dict[str, Posting] = {}


class Stir:
    """Says that something was enqueued, so that the commit can wake the courier."""

    is_felt = False


def delivers(kind: str, *, pauses: Sequence[int]) -> "Callable[[Post], Post]":
    """Name how deliveries of this kind are made; after the last pause's try it is given up."""

    def keep(post: "Post") -> "Post":
        assert kind not in known, f"{kind} is delivered already"
        known[kind] = Posting(post, pauses)
        return post

    return keep


async def enqueue(  # noqa: PLR0913 - a delivery has so many parts
    tx: Tx, *, kind: str, owner: str, url: str, subject: str, body: str,
    due_at: datetime | None = None,
) -> None:  # fmt: skip
    """Have this brought, at once unless a later moment is given."""
    assert kind in known, f"nobody delivers {kind}"
    await add_delivery(
        tx, kind=kind, owner=owner, url=url, subject=subject, body=body, due_at=due_at or tx.now
    )
    Stir.is_felt = True


class Courier:
    """What is under way."""

    def __init__(self) -> None:
        self.under_way: set[asyncio.Task[None]] = set()
        self.ended: deque[Ended] = deque()

    async def set_out(self, world: "World") -> int:
        """Take what is due and go, without waiting for the ends; give how many were taken."""
        room = CLAIMED_MAX - len(self.under_way)
        if room <= 0:
            return 0
        async with world.transaction() as tx:
            await self.write_down(tx)
            taken = await claim(tx, claimed_max=room, lease_until=tx.now + LEASE)
        for delivery in taken:
            task = asyncio.create_task(self.bring(world, delivery))
            self.under_way.add(task)
            task.add_done_callback(self.under_way.discard)
        return len(taken)

    async def bring(self, world: "World", delivery: Delivery) -> None:
        """Make one try and remember how it went."""
        posting = known[delivery.kind]
        try:
            outcome = await posting.post(world, delivery)
        except Exception as error:
            log.exception("delivery failed", kind=delivery.kind)
            outcome = Outcome(is_done=False, note=f"{type(error).__name__}: {error}")
        now = world.clock.now()
        note = outcome.note[:OUTCOME_MAX].replace("\x00", "\ufffd")
        is_last = delivery.tries > len(posting.pauses)
        ended_at, due_at = None, now
        if outcome.again_at is not None:
            due_at = outcome.again_at
        elif outcome.is_done or is_last:
            ended_at = now
        else:
            due_at = now + timedelta(seconds=posting.pauses[delivery.tries - 1])
        is_tried = outcome.again_at is None
        self.ended.append(Ended(delivery.delivery_id, note, due_at, ended_at, is_tried))
        world.awake.set()

    async def come_home(self) -> None:
        """Wait for everything that is under way."""
        while self.under_way:
            await asyncio.wait(self.under_way)

    async def write_down(self, tx: Tx) -> None:
        """Keep how the tries went."""
        if self.ended:
            rows = [self.ended.popleft() for _ in range(len(self.ended))]
            await write_outcomes(tx, **columns(rows, *Ended._fields))
