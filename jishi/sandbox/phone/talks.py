"""The screens in which something is said: an account's chat and profile, and a room."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.cast import Account, Person, account_of
from jishi.sandbox.official.chat import Message, chat
from jishi.sandbox.official.menus import menu_of
from jishi.sandbox.phone.asked import Asked, asked_text, holder_of, show, world_of
from jishi.sandbox.phone.chats import contacts, mark_read
from jishi.sandbox.phone.rooms import (
    LINES_MAX,
    NEWEST,
    Line,
    number,
    room_by_id,
    room_friends,
    room_lines,
)

PAUSE = timedelta(minutes=5)
"""After so long a silence the chat shows the time again."""

ARTICLES_MAX = 20
ROOM = "room-"


class Article(Struct, frozen=True):
    """An article in an account's profile."""

    slug: str
    title: str
    cover_url: str
    published_at: datetime


sql = queries(__file__)
articles = sql.many("articles", Article)


@get("/phone/people/{person:str}/chats/{chat_name:str}")
async def talk(request: Asked, person: FromPath[str], chat_name: FromPath[str]) -> Response[str]:
    """Show a chat, whose messages are read now."""
    async with world_of(request).transaction() as tx:
        holder = await holder_of(tx, person)
        if chat_name.startswith(ROOM):
            return await _room(request, tx, holder, chat_name)
        account = await account_of(tx, chat_name)
        if account is None:
            raise NotFoundException
        return await _account(request, tx, holder, account)


async def _account(request: Asked, tx: Tx, holder: Person, account: Account) -> Response[str]:
    found = list(reversed(await chat(tx, account.appid, holder.person_id)))
    await _seen(tx, holder, account.appid, found)
    buttons = await menu_of(tx, account.appid, person_id=holder.person_id)
    programs = {each.appid: each.name for each in world_of(request).accounts.values()}
    return show(
        request, "chat.html", person=holder, account=account, messages=found,
        breaks=breaks([each.said_at for each in found]), buttons=buttons or [], programs=programs,
    )  # fmt: skip


async def _room(request: Asked, tx: Tx, holder: Person, name: str) -> Response[str]:
    room_id = number(name.removeprefix(ROOM))
    room = await room_by_id(tx, room_id=room_id, person_id=holder.person_id)
    if room is None:
        raise NotFoundException
    friends = await room_friends(tx, room_id=room_id)
    found = await room_lines(tx, room_id=room_id, before=NEWEST, lines_max=LINES_MAX)
    found.reverse()
    await _seen(tx, holder, name, found)
    beside = [each.name for each in friends if each.person_id != holder.person_id]
    title = f"{room.name} ({len(friends)})" if room.name else beside[0]
    return show(
        request, "room.html", person=holder, room=room, title=title, messages=found,
        breaks=breaks([each.said_at for each in found]),
    )  # fmt: skip


async def _seen(
    tx: Tx, holder: Person, name: str, found: Sequence[Message] | Sequence[Line]
) -> None:
    if found:
        await mark_read(tx, person_id=holder.person_id, chat=name, message_id=found[-1].message_id)


def breaks(moments: Sequence[datetime]) -> list[bool]:
    """Tell before which messages the time is shown."""
    return [
        place == 0 or moment - moments[place - 1] > PAUSE for place, moment in enumerate(moments)
    ]


@get("/phone/people/{person:str}/accounts/{appid:str}")
async def account_profile(
    request: Asked, person: FromPath[str], appid: FromPath[str]
) -> Response[str]:
    """Show an account: who it is, whether one follows it, what it published."""
    world = world_of(request)
    async with world.transaction() as tx:
        holder = await holder_of(tx, person)
        account = await account_of(tx, appid)
        if account is None:
            raise NotFoundException
        known = await contacts(tx, person_id=holder.person_id, wanted=appid)
        published = await articles(tx, appid=appid, articles_max=ARTICLES_MAX)
    return show(
        request, "account.html", person=holder, account=account, articles=published,
        is_following=any(each.is_following for each in known), base=world.base_url,
        ticket=asked_text(request, "ticket"),
    )  # fmt: skip
