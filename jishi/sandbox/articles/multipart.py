"""Reads an uploaded form (RFC 7578): its parts, byte for byte."""

import re
from collections.abc import Iterator

from msgspec import Struct

_NAME = re.compile(r'\b(filename|name)="((?:[^"\\]|\\.)*)"')
_BOUNDARY = re.compile(r'boundary="?([^";,]{1,70})"?')
PARTS_MAX = 10


class Part(Struct, frozen=True):
    """One part; a file has a filename."""

    name: str
    filename: str
    media_type: str
    content: bytes


def parts(content_type: str, body: bytes) -> list[Part]:
    """Give the parts of a form; none when it is no form."""
    kind, _, rest = content_type.partition(";")
    found = _BOUNDARY.search(rest)
    if kind.strip().lower() != "multipart/form-data" or found is None:
        return []
    return list(_split(b"--" + found[1].encode("latin-1"), body))


def file_part(content_type: str, body: bytes, name: str) -> Part | None:
    """Give the file of this name; none when it is not there or empty of a file name."""
    for part in parts(content_type, body):
        if part.name == name and part.filename:
            return part
    return None


def _split(line: bytes, body: bytes) -> Iterator[Part]:
    for chunk in (b"\r\n" + body).split(b"\r\n" + line)[1 : PARTS_MAX + 1]:
        if chunk.startswith(b"--"):
            return
        head, _, content = chunk.partition(b"\r\n\r\n")
        headers = dict(_headers(head))
        told = dict(_NAME.findall(headers.get("content-disposition", "")))
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        yield Part(told.get("name", ""), told.get("filename", ""), media_type, content)


def _headers(head: bytes) -> Iterator[tuple[str, str]]:
    for line in head.decode("utf-8", "replace").split("\r\n"):
        name, mark, value = line.partition(":")
        if mark:
            yield name.strip().lower(), value.strip()
