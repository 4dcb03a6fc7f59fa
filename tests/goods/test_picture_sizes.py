"""Pictures written anew: sized, upright, without what a camera adds; what is none is refused."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from jishi import goods
from jishi.goods.picture_bytes import is_plain_webp
from tests.goods.test_upload_picture import png

ORIENTATION, GPS = 0x0112, 0x8825


def photo(size: tuple[int, int], form: str = "JPEG", orientation: int = 1) -> bytes:
    """Take a photograph: its left half red, its right half blue, with all that a phone adds."""
    taken = Image.new("RGB", size, "blue")
    taken.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "secret maker"
    exif.get_ifd(GPS)[1] = "N"
    out = BytesIO()
    taken.save(out, form, exif=exif, quality=95)
    return out.getvalue()


WHOLE = {form: photo((64, 48), form) for form in ("JPEG", "PNG", "WEBP")}


def opened(rendition: goods.Rendition) -> Image.Image:
    """Open a rendition again."""
    return Image.open(BytesIO(rendition.data)).convert("RGB")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        ((2000, 1000), [(320, 160), (750, 375), (1280, 640)]),
        ((1280, 1280), [(320, 320), (750, 750), (1280, 1280)]),
        ((800, 400), [(320, 160), (750, 375), (800, 400)]),
        ((320, 10), [(320, 10)]),
        ((1, 1), [(1, 1)]),
    ],
)
def test_a_picture_is_written_in_each_width_up_to_its_own(
    form: str, size: tuple[int, int], sizes: list[tuple[int, int]]
) -> None:
    found = goods.renditions(photo(size, form))
    assert [(each.width, each.height) for each in found] == sizes
    assert all(opened(each).size == (each.width, each.height) for each in found)


def test_nothing_that_a_camera_adds_is_kept() -> None:
    data = photo((900, 600))
    assert b"secret maker" in data
    for each in goods.renditions(data):
        assert b"secret" not in each.data
        assert is_plain_webp(each.data)
        assert not Image.open(BytesIO(each.data)).getexif()


def test_a_picture_stands_upright_without_its_note() -> None:
    """Held with its right edge up, the left half is below: 8 turns it by a quarter."""
    [found] = goods.renditions(photo((300, 200), orientation=8))
    assert (found.width, found.height) == (200, 300)
    red, blue = (opened(found).getpixel((100, y)) for y in (290, 10))
    assert isinstance(red, tuple)
    assert isinstance(blue, tuple)
    assert red[0] > 200 > blue[0]


def test_what_hides_behind_a_picture_is_gone() -> None:
    script = b"<script>alert(1)</script>"
    [found] = goods.renditions(photo((40, 40)) + script)
    assert script not in found.data


def test_see_through_stays_see_through() -> None:
    out = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    [found] = goods.renditions(out.getvalue())
    assert Image.open(BytesIO(found.data)).mode == "RGBA"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "picture_unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "picture_unreadable"),
        (b"GIF89a" + bytes(200), "picture_unreadable"),
        (b"%PDF-1.7", "picture_unreadable"),
        (png(30_000, 30_000), "picture_unreadable"),
        (png(8, 8), "picture_unreadable"),
        (photo((60, 60))[:400], "picture_unreadable"),
        (photo((60, 60), "PNG")[:60], "picture_unreadable"),
        (bytes(20 * 1024 * 1024 + 1), "picture_too_large"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(goods.BadPicture, match=reason):
        goods.renditions(data)


def test_only_a_webp_of_pixels_alone_is_plain() -> None:
    [found] = goods.renditions(photo((40, 40)))
    assert is_plain_webp(found.data)
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "maker"
    opened(found).save(out, "WEBP", exif=exif)
    for other in (out.getvalue(), found.data + b"x", found.data[:-2], b"", png(8, 8)):
        assert not is_plain_webp(other)


@pytest.mark.filterwarnings("ignore::UserWarning")
@given(
    form=st.sampled_from(["JPEG", "PNG", "WEBP"]),
    edits=st.lists(st.tuples(st.integers(0, 4_000), st.binary(min_size=0, max_size=4)), max_size=6),
    end=st.integers(20, 5_000),
)
def test_a_spoiled_picture_is_a_picture_or_refused(
    form: str, edits: list[tuple[int, bytes]], end: int
) -> None:
    data = bytearray(WHOLE[form])
    for at, new in edits:
        data[at % len(data) : at % len(data) + len(new)] = new
    with suppress(goods.BadPicture):
        assert all(is_plain_webp(each.data) for each in goods.renditions(bytes(data[:end])))
