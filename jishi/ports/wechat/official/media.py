"""Media that live three days, and the pictures inside articles.

Sources: official accounts, "Uploading temporary media", "Getting temporary media", "Uploading the
pictures of an article".
"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field

from jishi.ports.wechat.official.account import Account, File, Given
from jishi.ports.wechat.official.answers import decoded
from jishi.ports.wechat.official.limits import within

KILOBYTE, MEGABYTE = 1_024, 1_024 * 1_024


class Kind(StrEnum):
    """What a file is: a PNG, JPEG or GIF; an AMR or MP3 of 60 seconds; an MP4; a JPEG."""

    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    THUMB = "thumb"


BYTES_MAX = {
    Kind.IMAGE: 10 * MEGABYTE,
    Kind.VOICE: 2 * MEGABYTE,
    Kind.VIDEO: 10 * MEGABYTE,
    Kind.THUMB: 64 * KILOBYTE,
}
PICTURE_BYTES_MAX = MEGABYTE


class Media(Struct, frozen=True):
    """A file at WeChat, and since when (UTC)."""

    media_id: str = ""
    thumb_media_id: str = ""
    created_at: datetime | None = None


class Film(Struct, frozen=True):
    """The address of a film; films are not sent through the interface."""

    url: str = field(name="video_url")


class _Picture(Struct, frozen=True):
    url: str


async def upload(account: Account, kind: Kind, file: File) -> str:
    """Upload a file for three days, and give its media id.

    ErrcodeAnswered: 40004 not such a kind, 40006 too large, 45001 too large.
    """
    within("content", len(file.content), BYTES_MAX[kind], 1)
    query = {"type": kind.value}
    media = await account.upload("/cgi-bin/media/upload", file, Media, query=query)
    return media.media_id or media.thumb_media_id


async def get(account: Account, media_id: str) -> Given | Film:
    """Fetch a file, or the address where a film is. ErrcodeAnswered: 40007 no such file."""
    given = await account.download("/cgi-bin/media/get", {"media_id": media_id})
    if given.content.startswith(b"{"):
        return decoded("GET /cgi-bin/media/get", given.content, Film)
    return given


async def upload_picture(account: Account, file: File) -> str:
    """Upload a picture (JPEG or PNG, less than 1 MB) for articles, and give its address."""
    within("content", len(file.content), PICTURE_BYTES_MAX - 1, 1)
    return (await account.upload("/cgi-bin/media/uploadimg", file, _Picture)).url
