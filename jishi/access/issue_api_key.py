"""Issue a key of the API; whoever asks made its secret, and shows it once."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from jishi.access import rules
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries

DIGEST = re.compile(r"[0-9a-f]{64}")


class IssueApiKey(Request, frozen=True, kw_only=True):
    """A program may enter with this key, for these scopes, until `ends_at` (UTC) if it is given.

    Refused: `key_name_out_of_bounds`, `scopes_unknown`, `digest_out_of_bounds`, `key_ends_in_past`,
    `too_many_keys`, `key_id_taken`.
    """

    made: ClassVar[dict[str, object]] = {"key_id": 0, "digest": ""}

    key_id: int
    name: str
    scopes: tuple[str, ...]
    digest: str
    ends_at: datetime | None = None


class ApiKeyIssued(Event, frozen=True, kw_only=True):
    """The key (`subject_id`) is good."""

    name: str
    scopes: list[str]
    ends_at: datetime | None


class Known(msgspec.Struct, frozen=True):
    """A key of this book."""

    key_id: int
    is_in_use: bool


class World(msgspec.Struct):
    """The keys there are."""

    key_ids: set[int]
    in_use: int
    now: datetime


sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[IssueApiKey]) -> World:
    """Read which keys there are."""
    found = await known(tx, key_ids=[each.key_id for each in asked])
    in_use = sum(each.is_in_use for each in found)
    return World({each.key_id for each in found}, in_use, tx.now)


def decide(world: World, asked: IssueApiKey) -> ApiKeyIssued | Refused:  # noqa: PLR0911 - one a reason
    """Accept a named key for known scopes, while the book has few."""
    if not rules.is_name(asked.name):
        return Refused("key_name_out_of_bounds", {"characters_max": rules.NAME_CHARACTERS_MAX})
    if not rules.are_scopes(asked.scopes):
        return Refused("scopes_unknown", {"scopes": list(rules.SCOPES)})
    if not DIGEST.fullmatch(asked.digest):
        return Refused("digest_out_of_bounds")
    if asked.ends_at is not None and asked.ends_at <= world.now:
        return Refused("key_ends_in_past")
    if world.in_use >= rules.KEYS_MAX:
        return Refused("too_many_keys", {"keys_max": rules.KEYS_MAX})
    if asked.key_id <= 0 or asked.key_id in world.key_ids:
        return Refused("key_id_taken")
    world.key_ids.add(asked.key_id)
    world.in_use += 1
    return ApiKeyIssued(
        subject_id=asked.key_id, name=asked.name, scopes=list(asked.scopes), ends_at=asked.ends_at
    )


async def record(tx: Tx, happened: Sequence[Happened[IssueApiKey, ApiKeyIssued]]) -> None:
    """Write the keys."""
    rows = [
        (
            event.subject_id, event.name, ",".join(event.scopes), asked.digest, asked.actor_id,
            event.ends_at,
        )
        for asked, event, _ in happened
    ]  # fmt: skip
    names = ("key_ids", "names", "scopes", "digests", "actors", "ends")
    await write(tx, **columns(rows, *names))


issue_api_key = Act(IssueApiKey, ApiKeyIssued, gather, decide, record)
