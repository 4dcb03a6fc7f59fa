"""Uploading a picture: known by its bytes, shown where the list names it."""

import asyncio
import struct
import zlib
from base64 import b64encode
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from PIL import Image

import jishi
from jishi import goods
from jishi.goods.picture_bytes import Header, header
from jishi.kernel import Refused
from tests.goods.catalogues import a_list, a_shop, import_list

SAMPLES = sorted((Path(jishi.__file__).parent / "sample" / "pictures").glob("*.webp"))


def png(width: int, height: int) -> bytes:
    """Make the smallest PNG that claims to be so large."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    return b"\x89PNG\r\n\x1a\n" + chunk


def upload(book: int, data: bytes, name: str = "a.webp") -> goods.UploadPicture:
    """Ask to upload."""
    base64 = (b64encode(data).decode(),)
    return goods.UploadPicture(key=uuid4(), book=book, actor_id=0, name=name, renditions=base64)


def webp(width: int, height: int) -> bytes:
    """Make a real picture, as it is kept."""
    out = BytesIO()
    Image.new("RGB", (width, height), (width % 256, height % 256, 9)).save(out, "WEBP")
    return out.getvalue()


def test_a_picture_is_kept_by_its_digest_and_shown(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            await import_list(market, book, a_list("a,茶,,,,,true,,,T1,1,,1,a.webp"))
            data = webp(8, 9)
            answer = await market.ask(upload(book, data))
            digest = sha256(data).hexdigest()
            assert answer == goods.PictureUploaded(subject_id=book, digest=digest, images=1)
            kept = await market.look(goods.views.picture_file, digest=digest)
            assert kept == goods.views.PictureFile(media_type="image/webp", bytes=data)
            again = await import_list(market, book, a_list("a,新茶,,,,,true,,,T1,1,,1,a.webp"))
            assert isinstance(again, goods.CatalogueImported)
            assert again.images_to_upload == 0

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"<svg onload=alert(1)>", "a.webp", "picture_unreadable"),
        (png(13_000, 13_000), "a.webp", "picture_unreadable"),
        (png(0, 5), "a.webp", "picture_unreadable"),
        (b"\x89PNG\r\n\x1a\n", "a.webp", "picture_unreadable"),
        (webp(8, 8) + b"0" * (5 * 1024 * 1024), "a.webp", "picture_too_large"),
        (png(8, 8), "a.webp", "picture_unreadable"),
        (webp(8, 8) + b"<script>", "a.webp", "picture_unreadable"),
        (webp(8, 8), "other.webp", "picture_not_listed"),
        (webp(8, 8), "x" * 501, "name_out_of_bounds"),
        (webp(8, 8), "a\x00.webp", "name_out_of_bounds"),
    ],
)
def test_what_is_no_picture_of_the_list_is_refused(
    database_url: str, data: bytes, name: str, reason: str
) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            await import_list(market, book, a_list("a,茶,,,,,true,,,T1,1,,1,a.webp"))
            answer = await market.ask(upload(book, data, name))
            assert isinstance(answer, Refused)
            assert answer.reason == reason

    asyncio.run(scene())


@pytest.mark.parametrize("base64", ["AAAAA", "茶", "", "A" * 8_000_000])
def test_what_is_no_base64_is_refused(database_url: str, base64: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            asked = msgspec.structs.replace(upload(book, b""), renditions=(base64,))
            answer = await market.ask(asked)
            assert isinstance(answer, Refused)
            large = len(base64) > 7_000_000
            assert answer.reason == ("picture_too_large" if large else "picture_unreadable")

    asyncio.run(scene())


def test_a_picture_that_is_there_is_shown_by_the_next_product_too(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            await import_list(market, book, a_list("a,茶,,,,,true,,,T1,1,,1,a.webp"))
            await market.ask(upload(book, webp(8, 9)))
            answer = await import_list(market, book, a_list("b,茶,,,,,true,,,T2,1,,1,a.webp"))
            assert isinstance(answer, goods.CatalogueImported)
            assert (answer.products_new, answer.images_to_upload) == (1, 0)

    asyncio.run(scene())


def test_the_sample_s_pictures_say_what_they_are() -> None:
    assert len(SAMPLES) > 30
    for file in SAMPLES:
        assert header(file.read_bytes()) == Header("image/webp", 800, 800)


def test_a_jpeg_says_its_size() -> None:
    frame = b"\xff\xc0" + struct.pack(">HBHH", 11, 8, 20, 30) + b"\x01\x11\x00"
    assert header(b"\xff\xd8\xff\xe0\x00\x04ab" + frame) == Header("image/jpeg", 30, 20)
    assert header(b"\xff\xd8\xff") is None
