"""Upload a picture: kept once by its digest in each of its sizes, and shown where a list names it.

It comes as `picture_sizes` writes it, WebP of pixels alone; anything else is refused.
"""

from base64 import b64decode
from collections.abc import Sequence
from hashlib import sha256
from typing import ClassVar

import msgspec

from jishi.goods.picture_bytes import BYTES_MAX, PIXELS_MAX, Header, header, is_plain_webp
from jishi.goods.picture_sizes import WIDTHS
from jishi.goods.rules import SOURCE_CHARACTERS_MAX
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries

BASE64_CHARACTERS_MAX = 4 * ((BYTES_MAX + 2) // 3)


class UploadPicture(Request, frozen=True, kw_only=True):
    """A picture in up to three widths, the smallest first, each base64 of a WebP.

    `name` is the address or file name under which the shop's list knows it; without one it is kept
    for a product that will show it. Refused: `name_out_of_bounds`, `picture_too_large`,
    `picture_unreadable`, `picture_not_listed`.
    """

    made: ClassVar[dict[str, object]] = {}

    name: str
    renditions: tuple[str, ...]


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
write_renditions = sql.run("write_renditions")


async def gather(tx: Tx, asked: Sequence[UploadPicture]) -> World:
    """Read which images wait for these pictures."""
    found = await listed(tx, sources=[each.name for each in asked if is_name(each.name)])
    return World({each.source: each.images for each in found})


def decide(world: World, upload: UploadPicture) -> PictureUploaded | Refused:
    """Accept a picture that the shop's list knows, or that no list has to."""
    if upload.name and not is_name(upload.name):
        return Refused("name_out_of_bounds", {"characters_max": SOURCE_CHARACTERS_MAX})
    if any(len(each) > BASE64_CHARACTERS_MAX for each in upload.renditions):
        return Refused("picture_too_large", {"bytes_max": BYTES_MAX})
    sizes = sizes_of(upload.renditions)
    if not sizes:
        return Refused("picture_unreadable")
    if upload.name and upload.name not in world.images:
        return Refused("picture_not_listed")
    digest = sha256(sizes[-1].data).hexdigest()
    images = world.images.get(upload.name, 0)
    return PictureUploaded(subject_id=upload.book, digest=digest, images=images)


class Size(msgspec.Struct, frozen=True):
    """One rendition: what its header says, and its bytes."""

    head: Header
    data: bytes


def sizes_of(renditions: Sequence[str]) -> list[Size]:
    """Give the renditions; nothing when any is no plain WebP, or they do not grow."""
    found = []
    for each in renditions[: len(WIDTHS) + 1]:
        data = decoded(each)
        head = header(data)
        if head is None or head.width * head.height > PIXELS_MAX or not is_plain_webp(data):
            return []
        found.append(Size(head, data))
    widths = [size.head.width for size in found]
    is_growing = widths == sorted(set(widths)) and len(widths) <= len(WIDTHS)
    return found if is_growing else []


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
    """Write the pictures that are new, in each size, and show them."""
    pictures, smaller = [], []
    for upload, event, _ in happened:
        *less, whole = sizes_of(upload.renditions)
        pictures.append((event.digest, *whole.head, whole.data, upload.name))
        smaller += [(event.digest, size.head.width, size.head.height, size.data) for size in less]
    names = ("digests", "media_types", "widths", "heights", "bytes", "sources")
    await write(tx, **columns(pictures, *names))
    of = ("of_pictures", "widths", "heights", "bytes")
    await write_renditions(tx, **columns(smaller, *of))


upload_picture = Act(UploadPicture, PictureUploaded, gather, decide, record)
