"""The rules of access: plain functions of plain values."""

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

SCOPES = (
    "goods:read", "goods:write", "stock:write", "orders:read", "orders:write", "after_sale:read",
    "after_sale:write", "webhooks:write",
)  # fmt: skip
"""What a key may be for: to read or change one thing."""

NAME_CHARACTERS_MAX = 60
KEYS_MAX = 20
"""Keys of a book that are in use: more is a sign that old ones are not revoked."""

BASE = 36
SECRET_CHARACTERS = 43
TOKEN = re.compile(r"jk_([0-9a-z]{1,13})_([0-9a-z]{1,13})_([A-Za-z0-9_-]{43})")
NUMBER_MAX = 2**63 - 1


class Named(NamedTuple):
    """What a token names: a key of a book, and the digest of its secret."""

    book: int
    key_id: int
    digest: str


def token(book: int, key_id: int, secret: str) -> str:
    """Write a key as its program sends it; the secret has 43 URL-safe characters (256 bits)."""
    return f"jk_{_written(book)}_{_written(key_id)}_{secret}"


def read(given: str) -> Named | None:
    """Read a token, if it is one."""
    found = TOKEN.fullmatch(given)
    if found is None:
        return None
    book, key_id = int(found[1], BASE), int(found[2], BASE)
    return Named(book, key_id, digest(found[3])) if max(book, key_id) <= NUMBER_MAX else None


def digest(secret: str) -> str:
    """Give what is kept of a secret. It has 256 random bits, so a plain hash cannot be guessed."""
    return sha256(secret.encode()).hexdigest()


def is_name(name: str) -> bool:
    """Tell whether a key may be called so: 1 to 60 characters that show."""
    return 1 <= len(name.strip()) <= NAME_CHARACTERS_MAX and name.isprintable()


def are_scopes(scopes: Sequence[str]) -> bool:
    """Tell whether these are scopes, at least one, each once."""
    return 0 < len(scopes) == len(set(scopes)) and set(scopes) <= set(SCOPES)


def _written(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, BASE)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"
