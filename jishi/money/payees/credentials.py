"""Credentials of shops at WeChat Pay: sealed for a book and a merchant, opened only to be used."""

import base64
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jishi.kernel import Market, queries
from jishi.kernel.secret import Secret

NONCE_BYTES = 12
BOOKS_MAX = 10_000


class Keys(msgspec.Struct, frozen=True):
    """What is secret of them, and the key that WeChat signs with."""

    private_pem: str
    apiv3_key: str
    public_key_pem: str

    def __repr__(self) -> str:
        return "Keys()"


class Held(msgspec.Struct, frozen=True):
    """A version as it is kept."""

    version: int
    mchid: str
    serial: str
    public_key_id: str
    last_four: str
    sealed: str
    from_at: datetime
    retired_at: datetime | None

    def __repr__(self) -> str:
        return f"Held(version={self.version}, mchid={self.mchid!r})"


class Opened(msgspec.Struct, frozen=True):
    """A version that can be used; one that is retired begins no payment."""

    held: Held
    keys: Keys


class Book(msgspec.Struct, frozen=True):
    """A book that has credentials."""

    book: int


ReadOpened = Callable[[int], Awaitable[list[Opened]]]
"""Gives all versions of a book, the newest first."""

sql = queries(__file__)
of_book = sql.many("of_book", Held)
books = sql.many("books", Book)


ReadBooks = Callable[[], Awaitable[list[int]]]
"""Gives the books that have credentials."""


def seal(secret: Secret, book: int, mchid: str, keys: Keys) -> str:
    """Seal them for the store (AES-256-GCM, NIST SP 800-38D), bound to book and merchant."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    plain = msgspec.json.encode(keys)
    text = nonce + AESGCM(_keys(secret, book)[0]).encrypt(nonce, plain, mchid.encode())
    return base64.b64encode(text).decode()


def unseal(secret: Secret, book: int, mchid: str, sealed: str) -> Keys:
    """Open a seal; one of another book, merchant or secret is a broken world."""
    for key in _keys(secret, book):
        if keys := _opened(key, mchid, sealed):
            return keys
    raise ValueError("this was sealed with another key, or for something else")


def resealed(secret: Secret, book: int, mchid: str, sealed: str) -> str | None:
    """Seal them again, with the market's newest key; none where they are."""
    if _opened(_keys(secret, book)[0], mchid, sealed):
        return None
    return seal(secret, book, mchid, unseal(secret, book, mchid, sealed))


def _opened(key: bytes, mchid: str, sealed: str) -> Keys | None:
    raw = base64.b64decode(sealed)
    try:
        plain = AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], mchid.encode())
    except InvalidTag:
        return None
    return msgspec.json.decode(plain, type=Keys)


def _keys(secret: Secret, book: int) -> list[bytes]:
    return secret.wrapping("payment credentials", str(book))


def reader(market: Market, secret: Callable[[], Secret]) -> ReadOpened:
    """Give what reads a book's credentials, opened, from this market."""

    async def read(book: int) -> list[Opened]:
        found = await market.look(of_book, book=book)
        return [Opened(each, unseal(secret(), book, each.mchid, each.sealed)) for each in found]

    return read


def book_reader(market: Market) -> ReadBooks:
    """Give what reads which shops have credentials."""

    async def read() -> list[int]:
        return [each.book for each in await market.look(books, books_max=BOOKS_MAX)]

    return read
