"""What a picture's bytes say of themselves: type and size, read from the header.

PNG: "Portable Network Graphics (PNG) Specification", IHDR. JPEG: ITU T.81, frame headers. WebP:
"WebP Container Specification", VP8, VP8L and VP8X chunks.
"""

import struct
from typing import NamedTuple

BYTES_MAX = 5 * 1024 * 1024
PIXELS_MAX = 25_000_000
MARKER = 0xFF
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG's frame headers; C4, C8 and CC among them are tables."""

PIXEL_CHUNKS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})


class Header(NamedTuple):
    """A picture's media type, and its width and height in pixels."""

    media_type: str
    width: int
    height: int


def header(data: bytes) -> Header | None:
    """Read the header; none when it is no PNG, JPEG or WebP that we can read."""
    try:
        found = _png(data) or _webp(data) or _jpeg(data)
    except (struct.error, IndexError):
        return None
    return found if found and found.width > 0 and found.height > 0 else None


def is_plain_webp(data: bytes) -> bool:
    """Say whether it is a WebP of pixels alone: no place, no time, nothing behind its end."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return False
    at, end = 12, 8 + int.from_bytes(data[4:8], "little")
    while at + 8 <= len(data) and data[at : at + 4] in PIXEL_CHUNKS:
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + length + length % 2
    return at == end == len(data)


def _png(data: bytes) -> Header | None:
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or data[12:16] != b"IHDR":
        return None
    return Header("image/png", *struct.unpack(">II", data[16:24]))


def _webp(data: bytes) -> Header | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    if data[12:16] == b"VP8 ":
        width, height = struct.unpack("<HH", data[26:30])
        return Header("image/webp", width & 0x3FFF, height & 0x3FFF)
    if data[12:16] == b"VP8L":
        (bits,) = struct.unpack("<I", data[21:25])
        return Header("image/webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if data[12:16] == b"VP8X":
        width = int.from_bytes(data[24:27], "little") + 1
        height = int.from_bytes(data[27:30], "little") + 1
        return Header("image/webp", width, height)
    return None


def _jpeg(data: bytes) -> Header | None:
    if not data.startswith(b"\xff\xd8"):
        return None
    at = 2
    while data[at] == MARKER:
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if marker in FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return Header("image/jpeg", width, height)
        at += 2 + length
    return None
