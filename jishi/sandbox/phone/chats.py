"""A person's chats: the accounts that are followed, the rooms, the last words, what is unread."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from jishi.kernel import Tx, queries

UNREAD_MAX = 99


class Titled(Struct, frozen=True):
    """The part of an article that a list shows."""

    title: str = ""


class Preview(Struct, frozen=True):
    """What a list shows of a message, whichever kind it is."""

    text: str = ""
    title: str = ""
    description: str = ""
    label: str = ""
    pieces: list[Titled] = []


class Chat(Struct, frozen=True):
    """A chat in the list. `chat` is an appid, or "room-" and a number; `faces` are who is in it."""

    chat: str
    name: str
    is_account: bool
    faces: list[str]
    face_ids: list[int]
    said_by: str
    is_mine: bool
    kind: str
    content: Preview
    last_id: int
    unread_count: int
    said_at: datetime


class Contact(Struct, frozen=True):
    """An account that can be found, and whether the person follows it."""

    appid: str
    name: str
    original_id: str
    kind: str
    is_following: bool


class Folk(Struct, frozen=True):
    """Somebody else."""

    person_id: int
    name: str
    avatar: str
    city: str


class Revision(Struct, frozen=True):
    """How far each thing has come that a phone shows; what differs is to be looked at again."""

    talk: str
    moment: int
    exchange: int
    delivery: str


sql = queries(__file__)
chats = sql.many("chats", Chat)
contacts = sql.many("contacts", Contact)
others = sql.many("others", Folk)
mark_read = sql.run("mark_read")
revision = sql.one("revision", Revision)


def unread_of(found: Sequence[Chat]) -> int:
    """Count what is unread in all of them."""
    return sum(each.unread_count for each in found)


async def revision_of(tx: Tx, person_id: int) -> Revision:
    """Tell how far everything has come for a person."""
    found = await revision(tx, person_id=person_id)
    assert found is not None
    return found
