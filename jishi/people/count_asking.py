"""Count an asking: from one address of the network only so many codes are asked for."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.people import rules


class CountAsking(Request, frozen=True, kw_only=True):
    """Somebody at an address of the network (its digest) asks for a code.

    Refused: `digest_out_of_bounds` (or not in its book), `too_many_askings`.
    """

    digest: bytes


class AskingCounted(Event, frozen=True, kw_only=True):
    """It was counted; about nobody."""


class Asked(msgspec.Struct, frozen=True):
    """When somebody at an address asked, within a day."""

    digest: bytes
    times: list[datetime]


class World(msgspec.Struct):
    """When it was asked, by digest."""

    times: dict[bytes, list[datetime]]
    now: datetime


sql = queries(__file__)
asked_for = sql.many("asked_for", Asked)
write = sql.run("write")
forget = sql.run("forget")


async def gather(tx: Tx, asked: Sequence[CountAsking]) -> World:
    """Read what was asked within a day."""
    found = await asked_for(tx, digests=[each.digest for each in asked])
    return World({each.digest: list(each.times) for each in found}, tx.now)


def decide(world: World, asked: CountAsking) -> AskingCounted | Refused:
    """Accept so many."""
    if not rules.is_digest(asked.digest) or rules.book_of_digest(asked.digest) != asked.book:
        return Refused("digest_out_of_bounds")
    times = world.times.setdefault(asked.digest, [])
    if minutes := rules.minutes_to_wait(times, world.now, rules.ASKINGS_MAX):
        return Refused("too_many_askings", {"minutes": minutes}, is_final=False)
    times.append(world.now)
    return AskingCounted(subject_id=0)


async def record(tx: Tx, happened: Sequence[Happened[CountAsking, AskingCounted]]) -> None:
    """Write the askings; old ones are forgotten."""
    rows = [(number, asked.digest) for asked, _, number in happened]
    await write(tx, **columns(rows, "numbers", "digests"))
    await forget(tx)


count_asking = Act(CountAsking, AskingCounted, gather, decide, record)
