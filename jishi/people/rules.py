"""The rules of people: plain functions of plain values."""

import re
from datetime import timedelta

PEOPLE_BOOK, PEOPLE_BOOKS = 1001, 31
"""The first of the people's books, and how many there are: an id never moves between them."""

ADDRESSES_MAX = 20
RECIPIENT_CHARACTERS_MAX = 30
STREET_CHARACTERS_MAX = 120
SEALED_BYTES_MIN, SEALED_BYTES_MAX = 29, 2_000
WRAPPED_BYTES = 60

KINDS = ("openid", "unionid", "phone", "email")
DIGEST_BYTES = 32
IDENTITY_BYTES_MAX = 400
IDENTITIES_MAX = 20
APPID = re.compile(r"[0-9A-Za-z_-]{1,32}")
SESSION = timedelta(days=30)

PHONE = re.compile(r"1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}|\+[1-9][0-9]{6,14}")
"""A mobile of the mainland, a landline with its area, or a number of elsewhere with its country."""


def book_of(person_id: int) -> int:
    """Give the people's book that a person is in."""
    return PEOPLE_BOOK + person_id % PEOPLE_BOOKS


def is_in_his_book(book: int, person_id: int) -> bool:
    """Tell whether somebody asks in his own book."""
    return person_id > 0 and book == book_of(person_id)


def book_of_digest(digest: bytes) -> int:
    """Give the people's book that an identity is in: the digest says it, not the person.

    So two who come with one identity at once meet under one lock, and are one person.
    """
    return PEOPLE_BOOK + int.from_bytes(digest[:2], "big") % PEOPLE_BOOKS


def is_digest(digest: bytes) -> bool:
    """Tell whether this is a whole digest."""
    return len(digest) == DIGEST_BYTES


def is_identity(book: int, digest: bytes, kind: str, appid: str) -> bool:
    """Tell whether an identity of this kind can be kept, in this book."""
    is_of_account = APPID.fullmatch(appid) is not None if kind == "openid" else not appid
    is_whole = kind in KINDS and is_digest(digest)
    return is_whole and is_of_account and book == book_of_digest(digest)


def is_recipient(name: str) -> bool:
    """Tell whether a parcel can be for this name: 1 to 30 characters that show."""
    return 1 <= len(name) <= RECIPIENT_CHARACTERS_MAX and name.isprintable()


def is_phone(number: str) -> bool:
    """Tell whether a carrier can call this number."""
    return PHONE.fullmatch(number) is not None


def is_street(street: str) -> bool:
    """Tell whether this may say where in a district: 2 to 120 characters that show."""
    return 2 <= len(street) <= STREET_CHARACTERS_MAX and street.isprintable()  # noqa: PLR2004 - its least


def masked_phone(number: str) -> str:
    """Show a phone number without its middle: 139****0001."""
    return f"{number[:3]}****{number[-4:]}"


def masked_name(name: str) -> str:
    """Show a name by its first character: 王**."""
    return f"{name[:1]}**"
