"""A person says something to an account: words, a picture, a place."""

from datetime import timedelta

from msgspec import Struct

from jishi.kernel import Tx
from jishi.sandbox.articles.media_store import keep_medium
from jishi.sandbox.official.chat import PERSON, Content, say
from jishi.sandbox.official.fans import mute
from jishi.sandbox.official.meeting import Meeting, Undone, meet
from jishi.sandbox.official.push import IN_CHAT, push, push_event
from jishi.sandbox.official.push_text import Fields
from jishi.sandbox.official.windows import ENTER, MESSAGE, open_window

MEDIA_LIFE = timedelta(days=3)
LETTERS_MAX = 2_000


class Spoken(Struct, frozen=True):
    """It was said; a mini program's first word opens its customer chat."""

    message_id: int


async def say_words(tx: Tx, person_id: int, appid: str, text: str) -> Spoken | Undone:
    """Write a line."""
    if not text or len(text) > LETTERS_MAX:
        return Undone("refused")
    told: Fields = (("Content", text),)
    return await _say(tx, person_id, appid, "text", Content(text=text), told)


async def send_picture(  # noqa: PLR0913, PLR0917 - it has so many parts
    tx: Tx, person_id: int, appid: str, picture: bytes, media_type: str, base_url: str
) -> Spoken | Undone:
    """Send a picture; the account may fetch it for three days."""
    found = await meet(tx, person_id, appid, must_follow=True)
    if isinstance(found, Undone):
        return found
    media_id = await keep_medium(
        tx, appid, "image", "picture", media_type, picture, expires_at=tx.now + MEDIA_LIFE
    )
    url = f"{base_url}/mmbiz/{media_id}"
    content = Content(media_id=media_id, picture_url=url)
    told: Fields = (("PicUrl", url), ("MediaId", media_id))
    return await _say(tx, person_id, appid, "image", content, told)


async def send_place(  # noqa: PLR0913, PLR0917 - it has so many parts
    tx: Tx, person_id: int, appid: str, latitude: str, longitude: str, label: str
) -> Spoken | Undone:
    """Send a place, in degrees."""
    content = Content(place=f"{latitude},{longitude}", label=label)
    told: Fields = (
        ("Location_X", latitude), ("Location_Y", longitude), ("Scale", 16), ("Label", label),
    )  # fmt: skip
    return await _say(tx, person_id, appid, "location", content, told)


async def report_place(
    tx: Tx, person_id: int, appid: str, latitude: str, longitude: str
) -> Spoken | Undone:
    """Let the account know where one is on entering the chat; nothing is said."""
    found = await meet(tx, person_id, appid, must_follow=True)
    if isinstance(found, Undone):
        return found
    told: Fields = (("Latitude", latitude), ("Longitude", longitude), ("Precision", "40.000000"))
    await push_event(tx, found.account, found.openid, "LOCATION", told, person_id=person_id)
    return Spoken(0)


async def enter_service(tx: Tx, person_id: int, appid: str, session_from: str) -> Spoken | Undone:
    """Enter the customer chat of a mini program."""
    found = await meet(tx, person_id, appid)
    if isinstance(found, Undone):
        return found
    if found.account.kind != "mini":
        return Undone("no_account")
    await open_window(tx, found.account, person_id, ENTER)
    told: Fields = (("SessionFrom", session_from),)
    await push_event(
        tx, found.account, found.openid, "user_enter_tempsession", told, person_id=person_id
    )
    return Spoken(0)


async def refuse_messages(
    tx: Tx, person_id: int, appid: str, *, has_muted: bool
) -> Spoken | Undone:
    """Take the account's messages no more, or again."""
    found = await meet(tx, person_id, appid, must_follow=True)
    if isinstance(found, Undone):
        return found
    await mute(tx, appid=appid, person_id=person_id, has_muted=has_muted)
    return Spoken(0)


async def _say(  # noqa: PLR0913, PLR0917 - it has so many parts
    tx: Tx, person_id: int, appid: str, kind: str, content: Content, fields: Fields
) -> Spoken | Undone:
    found = await meet(tx, person_id, appid, must_follow=True)
    if isinstance(found, Undone):
        return found
    return Spoken(await say_and_push(tx, found, kind, content, fields))


async def say_and_push(tx: Tx, found: Meeting, kind: str, content: Content, fields: Fields) -> int:
    """Put a person's message into the chat, open the window, and have it brought."""
    appid = found.account.appid
    message_id = await say(tx, appid, found.person_id, PERSON, kind, content)
    await open_window(tx, found.account, found.person_id, MESSAGE)
    told: Fields = (*fields, ("MsgId", message_id))
    await push(
        tx, found.account, found.openid, kind, told, person_id=found.person_id, where=IN_CHAT
    )
    return message_id
