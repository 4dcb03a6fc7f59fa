"""Media for ever: the account's library, 100,000 pictures, 1,000 of the other kinds.

Source: official accounts, "Permanent media".
"""

from datetime import datetime

import msgspec
from msgspec import Struct, field

from jishi.ports.wechat.official.account import Account, File, Given
from jishi.ports.wechat.official.answers import Done, decoded
from jishi.ports.wechat.official.drafts import Content
from jishi.ports.wechat.official.limits import within
from jishi.ports.wechat.official.media import BYTES_MAX, Kind

PAGE_MAX = 20


class Material(Struct, frozen=True):
    """A file of the library; a picture has an address too."""

    media_id: str
    url: str = ""


class Film(Struct, frozen=True):
    """A film of the library: its words, and the address where it is."""

    title: str
    description: str
    url: str = field(name="down_url")


class Counts(Struct, frozen=True):
    """How many there are of each kind."""

    voice: int = field(default=0, name="voice_count")
    video: int = field(default=0, name="video_count")
    image: int = field(default=0, name="image_count")
    news: int = field(default=0, name="news_count")


class Listed(Struct, frozen=True):
    """A file in a list, and when it was changed last (UTC)."""

    media_id: str
    name: str = ""
    url: str = ""
    updated_at: datetime | None = field(default=None, name="update_time")
    content: Content = Content()


class Page(Struct, frozen=True):
    """Some of the files of a kind, and how many there are."""

    total_count: int = 0
    materials: tuple[Listed, ...] = field(default=(), name="item")


class _Words(Struct, frozen=True):
    title: str
    introduction: str


class _MediaId(Struct, frozen=True):
    media_id: str


class _Paging(Struct, frozen=True):
    type: str
    offset: int
    count: int


async def add(account: Account, kind: Kind, file: File) -> Material:
    """Keep a file; for a film, `add_film`. ErrcodeAnswered: 45010 or 45018 the library is full."""
    return await _add(account, kind, file, None)


async def add_film(account: Account, file: File, title: str, introduction: str) -> Material:
    """Keep a film under a title and an introduction."""
    words = msgspec.json.encode(_Words(title, introduction)).decode()
    return await _add(account, Kind.VIDEO, file, {"description": words})


async def get(account: Account, media_id: str) -> Given | Film:
    """Fetch a file, or a film's words and address. ErrcodeAnswered: 40007 no such file."""
    path = "/cgi-bin/material/get_material"
    given = await account.download(path, body=_MediaId(media_id))
    if given.content.startswith(b"{"):
        return decoded(f"POST {path}", given.content, Film)
    return given


async def delete(account: Account, media_id: str) -> None:
    """Delete a file."""
    await account.post("/cgi-bin/material/del_material", _MediaId(media_id), Done)


async def counts(account: Account) -> Counts:
    """Count the files of each kind."""
    return await account.get("/cgi-bin/material/get_materialcount", Counts)


async def page(account: Account, kind: Kind, offset: int = 0, size: int = PAGE_MAX) -> Page:
    """List up to 20 files of a kind from `offset`."""
    within("size", size, PAGE_MAX, 1)
    body = _Paging(kind.value, offset, size)
    path = "/cgi-bin/material/batchget_material"
    return await account.post(path, body, Page, is_repeatable=True)


async def _add(account: Account, kind: Kind, file: File, fields: dict[str, str] | None) -> Material:
    within("content", len(file.content), BYTES_MAX[kind], 1)
    path, query = "/cgi-bin/material/add_material", {"type": kind.value}
    return await account.upload(path, file, Material, query=query, fields=fields)
