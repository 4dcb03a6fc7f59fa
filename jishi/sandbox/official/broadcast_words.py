"""What a broadcast says: words, a picture, a voice, a film, or articles from a draft."""

from datetime import timedelta

from msgspec import Struct

from jishi.kernel import Tx
from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.articles.drafts_kept import draft, drop_draft
from jishi.sandbox.articles.media_kinds import medium_kind
from jishi.sandbox.articles.reading import claim_articles, new_article_id, put_articles
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.official.chat import Content

BAD_MEDIA, BAD_KIND, EMPTY = 40007, 40008, 44004
PREVIEW_LIFE = timedelta(hours=12)
"""An article that is only previewed can be opened so long."""

Asked = Lenient


class Filter(Lenient, frozen=True):
    """For whom: everybody, or the fans with a tag."""

    is_to_all: bool = False
    tag_id: int | None = None


class Text(Lenient, frozen=True):
    """Words."""

    content: str = ""


class Media(Lenient, frozen=True):
    """A medium or a draft."""

    media_id: str = ""
    title: str = ""
    description: str = ""


class Images(Lenient, frozen=True):
    """Several pictures."""

    media_ids: list[str] = []
    recommend: str = ""


class Words(Lenient, frozen=True):
    """What is said, whoever it is said to; the part that the kind names is filled in."""

    msgtype: str = ""
    text: Text | None = None
    mpnews: Media | None = None
    image: Media | None = None
    images: Images | None = None
    voice: Media | None = None
    mpvideo: Media | None = None


class Broadcast(Words, frozen=True):
    """A broadcast."""

    filter: Filter | None = None
    touser: list[str] | str = ""
    send_ignore_reprint: int = 0
    clientmsgid: str = ""


class Preview(Words, frozen=True):
    """A broadcast to look at."""

    touser: str = ""
    towxname: str = ""


class Made(Struct, frozen=True):
    """A message ready to go, and the articles that were made for it."""

    appid: str
    content: Content
    article_id: str = ""

    async def claim(self, tx: Tx, msg_id: int) -> None:
        """Write down which broadcast the articles belong to."""
        if self.article_id:
            await claim_articles(tx, self.appid, self.article_id, msg_id)


async def shown(call: OfficialCall, asked: Words, *, is_preview: bool) -> Made | Errcode:
    """Give what people will see; a draft's articles are made, and the draft is gone."""
    appid = call.account.appid
    if asked.msgtype == "text" and asked.text:
        is_said = bool(asked.text.content)
        return Made(appid, Content(text=asked.text.content)) if is_said else Errcode(EMPTY)
    if asked.msgtype == "mpnews" and asked.mpnews:
        return await _articles(call, asked.mpnews.media_id, is_preview=is_preview)
    if asked.msgtype == "image":
        first = asked.images.media_ids[:1] if asked.images else []
        media_id = asked.image.media_id if asked.image else "".join(first)
        return await _medium(call, Media(media_id), "image")
    if asked.msgtype == "voice" and asked.voice:
        return await _medium(call, asked.voice, "voice")
    if asked.msgtype == "mpvideo" and asked.mpvideo:
        return await _medium(call, asked.mpvideo, "video")
    return Errcode(BAD_KIND)


async def _medium(call: OfficialCall, asked: Media, kind: str) -> Made | Errcode:
    if await medium_kind(call.tx, call.account.appid, asked.media_id) != kind:
        return Errcode(BAD_MEDIA)
    content = Content(media_id=asked.media_id, title=asked.title, description=asked.description)
    return Made(call.account.appid, content)


async def _articles(call: OfficialCall, media_id: str, *, is_preview: bool) -> Made | Errcode:
    appid = call.account.appid
    found = await draft(call.tx, appid=appid, media_id=media_id)
    if found is None:
        return Errcode(BAD_MEDIA)
    article_id = new_article_id()
    pieces = await put_articles(
        call.tx, appid, article_id, found.articles, call.world.base_url,
        until=call.now + PREVIEW_LIFE if is_preview else None,
    )  # fmt: skip
    if not is_preview:
        await drop_draft(call.tx, appid=appid, media_id=media_id)
    return Made(appid, Content(pieces=pieces), article_id)
