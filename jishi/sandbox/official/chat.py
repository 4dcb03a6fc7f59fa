"""The chat between a person and an account: everything either of them said, in order."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from jishi.kernel import Tx, queries

LINES_MAX = 50
PERSON, REPLY, CUSTOMER, TEMPLATE = "person", "reply", "customer", "template"
NOTICE, ONCE, BROADCAST, PREVIEW, SYSTEM = "notice", "once", "broadcast", "preview", "system"
BROKEN = "该公众号提供的服务出现故障，请稍后再试"


class Field(Struct, frozen=True):
    """A line of a template: its name as the template has it, and what was filled in."""

    name: str
    text: str
    colour: str = ""


class Piece(Struct, frozen=True):
    """An article in a message."""

    title: str
    description: str
    picture_url: str
    url: str


class Choice(Struct, frozen=True):
    """A choice of a menu message."""

    id: str
    content: str


class Content(Struct, frozen=True, omit_defaults=True):
    """What a message shows; each kind fills its part.

    `place` is "latitude,longitude" in degrees; `appid` and `page` lead into a mini program.
    """

    text: str = ""
    title: str = ""
    description: str = ""
    url: str = ""
    picture_url: str = ""
    media_id: str = ""
    place: str = ""
    label: str = ""
    appid: str = ""
    page: str = ""
    fields: list[Field] = []
    pieces: list[Piece] = []
    choices: list[Choice] = []


class Message(Struct, frozen=True):
    """A message in a chat. `channel` says which way it came, `about` of which template or task."""

    message_id: int
    is_from_person: bool
    channel: str
    kind: str
    content: Content
    about: str
    said_at: datetime


class Said(Struct, frozen=True):
    """The number of what was just said."""

    message_id: int


sql = queries(__file__)
add_message = sql.one("add_message", Said)
messages = sql.many("messages", Message)
add_messages = sql.run("add_messages")


async def say(  # noqa: PLR0913, PLR0917 - it has so many parts
    tx: Tx, appid: str, person_id: int, channel: str, kind: str, content: Content,
    *, about: str = "", client_id: str = "",
) -> int:  # fmt: skip
    """Put a message into a chat and give its number."""
    said = await add_message(
        tx, appid=appid, person_id=person_id, is_from_person=channel == PERSON, channel=channel,
        kind=kind, content=as_json(content), about=about, client_id=client_id,
    )  # fmt: skip
    assert said is not None
    return said.message_id


async def say_to_all(  # noqa: PLR0913, PLR0917 - it has so many parts
    tx: Tx, appid: str, person_ids: Sequence[int], channel: str, kind: str, content: Content,
    *, about: str,
) -> None:  # fmt: skip
    """Put the same message into many chats."""
    await add_messages(
        tx, appid=appid, person_ids=person_ids, channel=channel, kind=kind,
        content=as_json(content), about=about,
    )  # fmt: skip


async def chat(
    tx: Tx, appid: str, person_id: int, before: int = 2**62, count: int = LINES_MAX
) -> list[Message]:
    """Give what was said before a message, the newest first."""
    return await messages(
        tx, appid=appid, person_id=person_id, before=before, count=min(count, LINES_MAX)
    )


def as_json(record: object) -> str:
    """Write a record as JSON, without what PostgreSQL cannot keep."""
    return msgspec.json.encode(record).decode().replace("\\u0000", "")
