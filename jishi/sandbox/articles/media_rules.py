"""What may be uploaded: formats by their first bytes, and how large.

Source: official accounts, "Uploading temporary media", "Adding permanent material" and "Uploading
pictures of articles".
"""

from msgspec import Struct

BAD_FILE, BAD_IMAGE, BAD_VOICE, BAD_VIDEO, BAD_THUMB = 40005, 40009, 40010, 40011, 40012
NO_BYTES = 44001
KB, MB = 1024, 1024 * 1024


class Kind(Struct, frozen=True):
    """A kind of medium: the formats it may have, its size in bytes, and the number of its error."""

    formats: tuple[str, ...]
    bytes_max: int
    too_large: int


KINDS = {
    "image": Kind(("image/png", "image/jpeg", "image/gif", "image/bmp"), 10 * MB, BAD_IMAGE),
    "voice": Kind(("audio/mpeg", "audio/amr"), 2 * MB, BAD_VOICE),
    "video": Kind(("video/mp4",), 10 * MB, BAD_VIDEO),
    "thumb": Kind(("image/jpeg",), 64 * KB, BAD_THUMB),
    "inline": Kind(("image/png", "image/jpeg"), MB, BAD_IMAGE),
}
MARKS = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"BM", "image/bmp"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (4, b"ftyp", "video/mp4"),
)
ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "audio/amr": "amr",
    "audio/mpeg": "mp3",
    "video/mp4": "mp4",
}


def format_of(content: bytes) -> str:
    """Tell a file's format by its first bytes; nothing when it is none of ours."""
    for start, mark, media_type in MARKS:
        if content[start : start + len(mark)] == mark:
            return media_type
    return ""


def reason_against(kind: str, content: bytes) -> int | None:
    """Give the number of the first reason not to take a file, or none."""
    if not content:
        return NO_BYTES
    if format_of(content) not in KINDS[kind].formats:
        return BAD_FILE
    return KINDS[kind].too_large if len(content) > KINDS[kind].bytes_max else None
