"""The phone's screens that are no chats: lists, accounts, the person, Moments."""

from litestar import Response, get
from litestar.params import FromPath
from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.pages.words import Words
from jishi.sandbox.cast import Person
from jishi.sandbox.phone.asked import Asked, asked_text, holder_of, language_of, show, world_of
from jishi.sandbox.phone.chats import UNREAD_MAX, Chat, chats, contacts, others, unread_of
from jishi.sandbox.phone.moments import MOMENTS_MAX, moments_before
from jishi.sandbox.phone.rooms import NEWEST
from jishi.sandbox.phone.templates import engine
from jishi.sandbox.phone.words import preview

SHOP = "http://127.0.0.1:8000/"
"""Where `jishi up` opens the market."""


class Name(Struct, frozen=True):
    """What an account calls a person."""

    name: str
    openid: str


sql = queries(__file__)
names = sql.many("names", Name)


@get("/phone/people/{person:str}/chats")
async def chat_list(request: Asked, person: FromPath[str]) -> Response[str]:
    """Show the list of chats."""
    async with world_of(request).transaction() as tx:
        holder = await holder_of(tx, person)
        found = await chats(tx, person_id=holder.person_id, unread_max=UNREAD_MAX)
        now = tx.now
    words = engine().words[language_of(request)]
    return show(
        request, "chats.html", person=holder, chats=found, now=now, unread=unread_of(found),
        lines=[line_of(words, each) for each in found],
    )  # fmt: skip


def line_of(words: Words, chat: Chat) -> str:
    """Give the last words of a chat in a line."""
    shown = chat.content
    pieces = shown.pieces[0].title if shown.pieces else ""
    line = preview(words, chat.kind, shown.text or pieces or shown.title or shown.label)
    is_told = not (chat.is_account or chat.is_mine) and len(chat.faces) > 1 and line
    return f"{chat.said_by}: {line}" if is_told else line


async def unread(tx: Tx, person: Person) -> int:
    """Count what a person has not read."""
    return unread_of(await chats(tx, person_id=person.person_id, unread_max=UNREAD_MAX))


@get("/phone/people/{person:str}/contacts")
async def contact_list(request: Asked, person: FromPath[str]) -> Response[str]:
    """Show accounts and friends."""
    async with world_of(request).transaction() as tx:
        holder = await holder_of(tx, person)
        return show(
            request, "contacts.html", person=holder, unread=await unread(tx, holder),
            accounts=await contacts(tx, person_id=holder.person_id, wanted=""),
            others=await others(tx, person_id=holder.person_id),
        )  # fmt: skip


@get("/phone/people/{person:str}/discover")
async def discover(request: Asked, person: FromPath[str]) -> Response[str]:
    """Show what leads elsewhere: Moments, the scanner, the search, an address."""
    async with world_of(request).transaction() as tx:
        holder = await holder_of(tx, person)
        return show(
            request, "discover.html", person=holder, unread=await unread(tx, holder), shop=SHOP
        )


@get("/phone/people/{person:str}/me")
async def me(request: Asked, person: FromPath[str]) -> Response[str]:
    """Show the person: purse, password, how pages are opened, names in the accounts."""
    async with world_of(request).transaction() as tx:
        holder = await holder_of(tx, person)
        return show(
            request, "me.html", person=holder, unread=await unread(tx, holder),
            names=await names(tx, person_id=holder.person_id),
        )  # fmt: skip


@get("/phone/people/{person:str}/accounts")
async def account_search(request: Asked, person: FromPath[str]) -> Response[str]:
    """Show the accounts with this in their name."""
    wanted = asked_text(request, "wanted")
    async with world_of(request).transaction() as tx:
        holder = await holder_of(tx, person)
        found = await contacts(tx, person_id=holder.person_id, wanted=wanted)
    return show(request, "accounts.html", person=holder, accounts=found, wanted=wanted)


@get("/phone/people/{person:str}/moments")
async def moment_list(request: Asked, person: FromPath[str]) -> Response[str]:
    """Show what everybody showed."""
    async with world_of(request).transaction() as tx:
        holder = await holder_of(tx, person)
        found = await moments_before(tx, before=NEWEST, moments_max=MOMENTS_MAX)
    return show(request, "moments.html", person=holder, moments=found)
