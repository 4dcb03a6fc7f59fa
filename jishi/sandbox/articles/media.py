"""Media: uploaded for three days or for ever, fetched, listed, deleted."""

from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Answered, Download, Errcode, Lenient
from jishi.sandbox.articles.media_rules import ENDINGS, KINDS, format_of, reason_against
from jishi.sandbox.articles.media_store import Medium, keep_medium, medium
from jishi.sandbox.articles.multipart import file_part, parts
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.doors import official
from jishi.sandbox.official.quota import spend_call
from jishi.sandbox.official.rights import service

UPLOAD, INLINE, ADD = (
    "/cgi-bin/media/upload",
    "/cgi-bin/media/uploadimg",
    "/cgi-bin/material/add_material",
)
BAD_KIND, BAD_ID, NO_FILE, IN_MENU, BAD_FORM, BAD_COUNT = 40004, 40007, 41005, 48005, 47001, 40035
LIFE, PAGE_MAX, TITLE_MAX = timedelta(days=3), 20, 200


class Uploaded(Answered, frozen=True):
    """A medium for three days."""

    type: str
    created_at: int
    media_id: str | None = None
    thumb_media_id: str | None = None


class InlineUrl(Struct, frozen=True):
    """Where a picture for articles is."""

    url: str


class Added(Answered, frozen=True):
    """A medium for ever; a picture has an address."""

    media_id: str
    url: str | None = None


class Film(Struct, frozen=True):
    """How a film is called."""

    title: str
    introduction: str = ""


class VideoUrl(Struct, frozen=True):
    """Where a film for three days is."""

    video_url: str


class FilmTold(Struct, frozen=True):
    """A film for ever."""

    title: str
    description: str
    down_url: str


class ByMedia(Lenient, frozen=True):
    """A medium, by its id."""

    media_id: str = ""


class Counts(Struct, frozen=True):
    """How many media there are for ever."""

    voice_count: int
    video_count: int
    image_count: int
    news_count: int


class Batch(Lenient, frozen=True):
    """A page of a kind."""

    type: str = ""
    offset: int = 0
    count: int = 0


class Item(Struct, frozen=True):
    """A medium in a page."""

    media_id: str
    name: str
    update_time: int
    url: str


class Items(Struct, frozen=True):
    """A page."""

    total_count: int
    item_count: int
    item: list[Item]


class Row(Struct, frozen=True):
    """A medium in a list."""

    media_id: str
    filename: str
    made_at: datetime
    total: int


class Name(Struct, frozen=True):
    """A medium's id."""

    media_id: str


sql = queries(__file__)
counts = sql.one("counts", Counts)
page = sql.many("page", Row)
drop_medium = sql.one("drop_medium", Name)
in_menus = sql.many("in_menus", Name)


@official("POST", UPLOAD)
async def upload(call: OfficialCall) -> Uploaded | Errcode:
    """Take a medium for three days."""
    kind = call.query.get("type", "")
    media_id = await _take(call, kind, expires_at=call.now + LIFE)
    if isinstance(media_id, Errcode):
        return media_id
    if refusal := await spend_call(call, UPLOAD):
        return refusal
    made = int(call.now.timestamp())
    if kind == "thumb":
        return Uploaded(kind, made, thumb_media_id=media_id)
    return Uploaded(kind, made, media_id)


@official("GET", "/cgi-bin/media/get")
async def fetch(call: OfficialCall) -> Download | VideoUrl | Errcode:
    """Give a medium; of a film, its address."""
    found = await _mine(call, call.query.get("media_id", ""))
    if found is None:
        return Errcode(BAD_ID)
    if found.kind == "video":
        return VideoUrl(address(call, found.media_id))
    return _download(found)


@service("POST", INLINE)
async def upload_inline(call: OfficialCall) -> InlineUrl | Errcode:
    """Take a picture for articles; it is in no list."""
    media_id = await _take(call, "inline", expires_at=None)
    if isinstance(media_id, Errcode):
        return media_id
    if refusal := await spend_call(call, INLINE):
        return refusal
    return InlineUrl(address(call, media_id))


@service("POST", ADD)
async def add(call: OfficialCall) -> Added | Errcode:
    """Take a medium for ever."""
    kind, film = call.query.get("type", ""), Film("")
    if kind == "video":
        try:
            film = msgspec.json.decode(_parts(call).get("description", b""), type=Film)
        except msgspec.DecodeError:
            return Errcode(BAD_FORM)
    media_id = await _take(call, kind, expires_at=None, film=film)
    if isinstance(media_id, Errcode):
        return media_id
    if refusal := await spend_call(call, ADD):
        return refusal
    return Added(media_id, address(call, media_id) if kind in {"image", "thumb"} else None)


@service("POST", "/cgi-bin/material/get_material")
async def fetch_kept(call: OfficialCall, asked: ByMedia) -> Download | FilmTold | Errcode:
    """Give a medium that is kept for ever."""
    found = await _mine(call, asked.media_id)
    if found is None or found.expires_at is not None:
        return Errcode(BAD_ID)
    if found.kind == "video":
        return FilmTold(found.title, found.introduction, address(call, found.media_id))
    return _download(found)


@service("POST", "/cgi-bin/material/del_material")
async def delete(call: OfficialCall, asked: ByMedia) -> Errcode | None:
    """Delete a medium, unless a menu shows it."""
    if await in_menus(call.tx, appid=call.account.appid, media_id=asked.media_id):
        return Errcode(IN_MENU)
    gone = await drop_medium(call.tx, appid=call.account.appid, media_id=asked.media_id)
    return None if gone else Errcode(BAD_ID)


@service("GET", "/cgi-bin/material/get_materialcount")
async def count(call: OfficialCall) -> Counts:
    """Tell how many media there are."""
    found = await counts(call.tx, appid=call.account.appid)
    assert found is not None
    return found


@service("POST", "/cgi-bin/material/batchget_material")
async def list_page(call: OfficialCall, asked: Batch) -> Items | Errcode:
    """List media of a kind."""
    if asked.type not in {"image", "voice", "video", "news"}:
        return Errcode(BAD_KIND)
    if not 1 <= asked.count <= PAGE_MAX or asked.offset < 0:
        return Errcode(BAD_COUNT)
    rows = await page(
        call.tx, appid=call.account.appid, kind=asked.type, first=asked.offset,
        page_max=asked.count,
    )  # fmt: skip
    found = [
        Item(
            each.media_id, each.filename, int(each.made_at.timestamp()),
            address(call, each.media_id) if asked.type == "image" else "",
        )
        for each in rows
    ]  # fmt: skip
    return Items(rows[0].total if rows else 0, len(found), found)


def address(call: OfficialCall, media_id: str) -> str:
    """Give where a medium can be seen by anybody."""
    return f"{call.world.base_url}/mmbiz/{media_id}"


def _parts(call: OfficialCall) -> dict[str, bytes]:
    form = parts(call.headers.get("content-type", ""), call.body)
    return {each.name: each.content for each in form}


async def _take(
    call: OfficialCall, kind: str, *, expires_at: datetime | None, film: Film | None = None
) -> str | Errcode:
    if kind not in KINDS or (kind == "inline" and call.query.get("type")):
        return Errcode(BAD_KIND)
    part = file_part(call.headers.get("content-type", ""), call.body, "media")
    if part is None:
        return Errcode(NO_FILE)
    if refused := reason_against(kind, part.content):
        return Errcode(refused)
    film = film or Film("")
    return await keep_medium(
        call.tx, call.account.appid, kind, part.filename[:TITLE_MAX], format_of(part.content),
        part.content, expires_at=expires_at, title=film.title, introduction=film.introduction,
    )  # fmt: skip


async def _mine(call: OfficialCall, media_id: str) -> Medium | None:
    found = await medium(call.tx, media_id)
    return found if found and found.appid == call.account.appid else None


def _download(found: Medium) -> Download:
    return Download(found.bytes, found.media_type, f"{found.media_id}.{ENDINGS[found.media_type]}")
