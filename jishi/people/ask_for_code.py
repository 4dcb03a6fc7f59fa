"""Ask for a code: it is sent to a phone or by mail, and proves whoever gives it back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.people import rules


class AskForCode(Request, frozen=True, kw_only=True):
    """Somebody says that this is his, known or not. Asked in the identity's book.

    Refused: `identity_out_of_bounds`, `digest_out_of_bounds` (of the code), `seal_out_of_bounds`,
    `code_id_taken`, `code_sent_lately`, `too_many_codes`.
    """

    made: ClassVar[dict[str, object]] = {"code_id": 0, "hash": b"", "sealed": b""}

    code_id: int
    digest: bytes
    kind: str
    hash: bytes
    sealed: bytes


class CodeAskedFor(Event, frozen=True, kw_only=True):
    """The code (`subject_id`) waits to be sent."""


class Asked(msgspec.Struct, frozen=True):
    """When codes were asked for by a digest, within a day."""

    digest: bytes
    times: list[datetime]


class Taken(msgspec.Struct, frozen=True):
    """An id that a code has."""

    code_id: int


class World(msgspec.Struct):
    """When codes were asked for, by digest, and the ids that are taken."""

    times: dict[bytes, list[datetime]]
    code_ids: set[int]
    now: datetime


sql = queries(__file__)
asked_for = sql.many("asked_for", Asked)
taken = sql.many("taken", Taken)
write = sql.run("write")
forget = sql.run("forget")
A_DAY = ((rules.CODES_A_DAY_MAX, timedelta(days=1)),)


async def gather(tx: Tx, asked: Sequence[AskForCode]) -> World:
    """Read what was asked for within a day."""
    found = await asked_for(tx, digests=[each.digest for each in asked])
    used = await taken(tx, code_ids=[each.code_id for each in asked])
    return World(
        {each.digest: list(each.times) for each in found}, {each.code_id for each in used}, tx.now
    )


def decide(world: World, asked: AskForCode) -> CodeAskedFor | Refused:
    """Accept a code now and then."""
    if refused := reason_against(asked):
        return refused
    if asked.code_id <= 0 or asked.code_id in world.code_ids:
        return Refused("code_id_taken")
    times = world.times.setdefault(asked.digest, [])
    if seconds := rules.seconds_to_wait(times, world.now):
        return Refused("code_sent_lately", {"seconds": seconds}, is_final=False)
    if minutes := rules.minutes_to_wait(times, world.now, A_DAY):
        return Refused("too_many_codes", {"minutes": minutes}, is_final=False)
    times.append(world.now)
    world.code_ids.add(asked.code_id)
    return CodeAskedFor(subject_id=asked.code_id)


def reason_against(asked: AskForCode) -> Refused | None:
    """Give the first reason why this is no code to send, or none."""
    is_sent = asked.kind in {"phone", "email"}
    if not is_sent or not rules.is_identity(asked.book, asked.digest, asked.kind, ""):
        return Refused("identity_out_of_bounds")
    if not rules.is_digest(asked.hash):
        return Refused("digest_out_of_bounds")
    if not rules.SEALED_BYTES_MIN <= len(asked.sealed) <= rules.CODE_BYTES_MAX:
        return Refused("seal_out_of_bounds")
    return None


async def record(tx: Tx, happened: Sequence[Happened[AskForCode, CodeAskedFor]]) -> None:
    """Write the codes; old ones are forgotten."""
    rows = [
        (event.subject_id, asked.digest, asked.kind, asked.hash, asked.sealed)
        for asked, event, _ in happened
    ]
    await write(tx, **columns(rows, "code_ids", "digests", "kinds", "hashes", "seals"))
    await forget(tx)


ask_for_code = Act(AskForCode, CodeAskedFor, gather, decide, record)
