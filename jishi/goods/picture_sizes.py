"""A picture as it came, decoded and written anew in the sizes that pages show: pixels, no more.

What a camera or an attacker put beside the pixels (place, time, a second file) does not survive;
how the picture is held, and its colours, do.
"""

from base64 import b64encode
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageCms, ImageOps

from jishi.goods.picture_bytes import PIXELS_MAX, header

WIDTHS = (320, 750, 1280)
"""A card on a phone, a phone's full width, and whatever is larger."""
HEIGHT_MAX = 12_000
UPLOAD_BYTES_MAX = 20 * 1024 * 1024
"""What a phone's camera writes; kept is far less."""
QUALITY = 80
EFFORT = 4
FORMATS = ("JPEG", "PNG", "WEBP")


class BadPicture(Exception):
    """It cannot be shown; carries the reason's code."""


class Rendition(NamedTuple):
    """The picture in one width, as WebP."""

    width: int
    height: int
    data: bytes


def renditions(data: bytes) -> list[Rendition]:
    """Give the picture in each width up to its own, the smallest first.

    It takes up to a second of a processor: call it in a thread.
    Raises BadPicture.
    """
    if len(data) > UPLOAD_BYTES_MAX:
        raise BadPicture("picture_too_large")
    head = header(data)
    # Its size is read before it is decoded: a few bytes may claim to be a billion pixels.
    if head is None or head.width * head.height > PIXELS_MAX:
        raise BadPicture("picture_unreadable")
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as opened:
            if opened.size != (head.width, head.height):
                raise BadPicture("picture_unreadable")
            opened.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
            opened.load()
            upright = _in_srgb(ImageOps.exif_transpose(opened))
            return [_written(upright, width) for width in _widths(upright.width)]
    # The decoder raises whatever it likes on what somebody made up.
    except (OSError, ValueError, SyntaxError, MemoryError, EOFError, OverflowError,
            Image.DecompressionBombError) as error:  # fmt: skip
        raise BadPicture("picture_unreadable") from error


def as_base64(found: list[Rendition]) -> tuple[str, ...]:
    """Give the renditions as a request carries them."""
    return tuple(b64encode(each.data).decode() for each in found)


def _widths(own: int) -> list[int]:
    return [width for width in WIDTHS if width < own] + [min(own, WIDTHS[-1])] * (own <= WIDTHS[-1])


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Give it with plain colours: a phone's wide ones turned into those of every screen."""
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    profile = picture.info.get("icc_profile")
    plain = picture.convert(mode)
    if not isinstance(profile, bytes) or picture.mode not in {"RGB", "RGBA"}:
        return plain
    try:
        return _converted(plain, profile)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return plain


def _converted(picture: Image.Image, profile: bytes) -> Image.Image:
    its, ours = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
    found = ImageCms.profileToProfile(picture, its, ours, outputMode=picture.mode)
    return picture if found is None else found


def _written(picture: Image.Image, width: int) -> Rendition:
    height = min(max(1, round(picture.height * width / picture.width)), HEIGHT_MAX)
    sized = (
        picture
        if picture.width == width
        else picture.resize((width, height), Image.Resampling.LANCZOS)
    )
    clean = Image.new(sized.mode, sized.size)
    clean.paste(sized)
    out = BytesIO()
    clean.save(out, "WEBP", quality=QUALITY, method=EFFORT)
    return Rendition(*clean.size, out.getvalue())
