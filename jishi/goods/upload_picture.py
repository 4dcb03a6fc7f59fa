"""Upload a picture: kept once by its digest, and shown wherever a list names its file.

It is stored as it comes, if it is a PNG, JPEG or WebP of bearable size; nothing is decoded.
"""

from base64 import b64decode
from collections.abc import Sequence
from hashlib import sha256
from typing import ClassVar

import msgspec

from jishi.goods.picture_bytes import BYTES_MAX, PIXELS_MAX, header
from jishi.goods.rules import SOURCE_CHARACTERS_MAX
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries

BASE64_CHARACTERS_MAX = 4 * ((BYTES_MAX + 2) // 3)


class UploadPicture(Request, frozen=True, kw_only=True):
    """A picture, by the address or file name under which the shop's list knows it.

    Refused: `picture_too_large`, `picture_unreadable`, `name_out_of_bounds`, `picture_not_listed`.
    """

    made: ClassVar[dict[str, object]] = {}

    name: str
    base64: str


class PictureUploaded(Event, frozen=True, kw_only=True):
    """The picture is kept under its digest, and so many images show it."""

    digest: str
    images: int


class Listed(msgspec.Struct, frozen=True):
    """How many images of the shop have this source."""

    source: str
    images: int


class World(msgspec.Struct):
    """The sources that the shop's images have."""

    images: dict[str, int]


sql = queries(__file__)
listed = sql.many("listed", Listed)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[UploadPicture]) -> World:
    """Read which images wait for these pictures."""
    found = await listed(tx, sources=[each.name for each in asked if is_name(each.name)])
    return World({each.source: each.images for each in found})


def decide(world: World, upload: UploadPicture) -> PictureUploaded | Refused:
    """Accept a picture that the shop's list knows."""
    if not is_name(upload.name):
        return Refused("name_out_of_bounds", {"characters_max": SOURCE_CHARACTERS_MAX})
    if len(upload.base64) > BASE64_CHARACTERS_MAX:
        return Refused("picture_too_large", {"bytes_max": BYTES_MAX})
    data = decoded(upload.base64)
    head = header(data)
    if head is None or head.width * head.height > PIXELS_MAX:
        return Refused("picture_unreadable")
    if upload.name not in world.images:
        return Refused("picture_not_listed")
    digest = sha256(data).hexdigest()
    return PictureUploaded(subject_id=upload.book, digest=digest, images=world.images[upload.name])


def is_name(name: str) -> bool:
    """Say whether this can be the source of an image."""
    return 1 <= len(name) <= SOURCE_CHARACTERS_MAX and "\x00" not in name


def decoded(base64: str) -> bytes:
    """Give the bytes; none when it is not base64."""
    try:
        return b64decode(base64, validate=True)
    except ValueError:
        return b""


async def record(tx: Tx, happened: Sequence[Happened[UploadPicture, PictureUploaded]]) -> None:
    """Write the pictures that are new, and show them."""
    rows = []
    for upload, event, _ in happened:
        data = decoded(upload.base64)
        head = header(data)
        assert head is not None
        rows.append((event.digest, *head, data, upload.name))
    names = ("digests", "media_types", "widths", "heights", "bytes", "sources")
    await write(tx, **columns(rows, *names))


upload_picture = Act(UploadPicture, PictureUploaded, gather, decide, record)
