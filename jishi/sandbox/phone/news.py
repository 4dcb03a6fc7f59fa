"""What changed since a phone last looked: asked for every second, answered in few bytes."""

from litestar import get
from litestar.params import FromPath
from msgspec import Struct

from jishi.sandbox.phone.asked import Asked, holder_of, language_of, world_of
from jishi.sandbox.phone.chats import UNREAD_MAX, Chat, chats, revision_of, unread_of
from jishi.sandbox.phone.screens import line_of
from jishi.sandbox.phone.templates import clock, engine, stamp


class Latest(Struct, frozen=True):
    """The newest message that is unread."""

    chat: str
    message_id: int
    name: str
    line: str


class News(Struct, frozen=True):
    """How far everything has come; what a phone shows of it is asked for when it differs."""

    clock: str
    stamp: str
    talk: str
    moment: int
    exchange: int
    delivery: str
    unread: int
    latest: Latest | None


@get("/phone/people/{person:str}/news")
async def news(request: Asked, person: FromPath[str]) -> News:
    """Tell what is new for a person."""
    world = world_of(request)
    async with world.transaction() as tx:
        holder = await holder_of(tx, person)
        await world.inspector.write_down(tx)
        await world.courier.write_down(tx)
        told = await revision_of(tx, holder.person_id)
        found = await chats(tx, person_id=holder.person_id, unread_max=UNREAD_MAX)
        now = tx.now
    latest = next((each for each in found if each.unread_count), None)
    return News(
        clock=clock(now), stamp=stamp(now), talk=told.talk, moment=told.moment,
        exchange=told.exchange, delivery=told.delivery, unread=unread_of(found),
        latest=_latest(request, latest) if latest else None,
    )  # fmt: skip


def _latest(request: Asked, chat: Chat) -> Latest:
    words = engine().words[language_of(request)]
    return Latest(chat.chat, chat.last_id, chat.name, line_of(words, chat))
