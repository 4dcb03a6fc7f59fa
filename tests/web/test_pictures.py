"""Pictures: kept for ever by browsers, and by us up to so many bytes."""

import asyncio
from hashlib import sha256

from jishi.goods.views import PictureFile
from jishi.web.pictures import Kept
from tests.web.reader import Reader, change

WRITE = """insert into goods.pictures (digest, media_type, width, height, bytes)
           values ($1, 'image/webp', 1, 1, $2) on conflict do nothing"""


def test_a_picture_is_given_for_ever(reader: Reader, owner_url: str) -> None:
    data = b"RIFF....WEBP of a test"
    digest = sha256(data).hexdigest()
    asyncio.run(change(owner_url, (WRITE, [digest, data])))
    for _ in range(2):
        answer = reader.get(f"/pictures/{digest}")
        assert (answer.status_code, answer.content) == (200, data)
        assert answer.headers["content-type"] == "image/webp"
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert reader.get(f"/pictures/{'0' * 64}").status_code == 404


def test_a_picture_comes_in_the_width_that_is_enough(reader: Reader, owner_url: str) -> None:
    data, small = b"RIFF....WEBP large", b"RIFF....WEBP small"
    digest = sha256(data).hexdigest()
    rendition = "insert into goods.renditions values ($1, 320, 1, $2) on conflict do nothing"
    asyncio.run(change(owner_url, (WRITE, [digest, data]), (rendition, [digest, small])))
    for width, expected in ((320, small), (750, data), (1280, data)):
        answer = reader.get(f"/pictures/{digest}/{width}")
        assert (answer.status_code, answer.content) == (200, expected)
        assert "immutable" in answer.headers["cache-control"]
    for path in (f"{digest}/321", f"{'0' * 64}/320", f"{digest}/x", "a/320"):
        assert reader.get(f"/pictures/{path}").status_code == 404


def test_those_not_asked_for_the_longest_go() -> None:
    kept = Kept(bytes_max=20)
    for name in "abc":
        kept.keep(name, PictureFile("image/webp", b"x" * 8))
        kept.find("a")
    assert list(kept.pictures) == ["c", "a"]
    assert kept.size == 16
    kept.keep("a", PictureFile("image/webp", b"x" * 8))
    assert kept.size == 16
