"""Set a member's password by his link: every session of his ends, and the link is used up."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries

HASH_CHARACTERS_MAX = 200


class SetPassword(Request, frozen=True, kw_only=True):
    """Whoever has this link sets this password (hashed); he is the member himself.

    Refused: `link_ended`, `hash_out_of_bounds`.
    """

    made: ClassVar[dict[str, object]] = {"hash": ""}

    link_id: int
    digest: str
    hash: str


class PasswordSet(Event, frozen=True, kw_only=True):
    """The member (`subject_id`) has a new password."""


class Link(msgspec.Struct, frozen=True):
    """A member's newest link."""

    link_id: int
    staff_id: int
    digest: str
    ends_at: datetime


class World(msgspec.Struct):
    """The links that hold."""

    links: dict[int, Link]
    now: datetime


sql = queries(__file__)
links = sql.many("links", Link)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[SetPassword]) -> World:
    """Read the links."""
    found = await links(tx, link_ids=[each.link_id for each in asked])
    return World({each.link_id: each for each in found}, tx.now)


def decide(world: World, asked: SetPassword) -> PasswordSet | Refused:
    """Accept a link that is the member's newest, unused, and in its time."""
    link = world.links.get(asked.link_id)
    if link is None or link.digest != asked.digest or link.ends_at <= world.now:
        return Refused("link_ended")
    if not asked.hash.startswith("$argon2id$") or not is_short(asked.hash):
        return Refused("hash_out_of_bounds")
    del world.links[asked.link_id]
    return PasswordSet(subject_id=link.staff_id)


def is_short(text: str) -> bool:
    """Tell whether PostgreSQL keeps it, and it is no longer than a hash."""
    return len(text) <= HASH_CHARACTERS_MAX and text.isascii() and text.isprintable()


async def record(tx: Tx, happened: Sequence[Happened[SetPassword, PasswordSet]]) -> None:
    """Write the passwords, use up the links, end the sessions."""
    rows = [
        (event.subject_id, number, asked.hash, asked.link_id) for asked, event, number in happened
    ]
    await write(tx, **columns(rows, "staff_ids", "numbers", "hashes", "link_ids"))


set_password = Act(SetPassword, PasswordSet, gather, decide, record)
