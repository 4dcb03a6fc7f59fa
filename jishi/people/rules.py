"""The rules of people: plain functions of plain values."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import ceil

PEOPLE_BOOK, PEOPLE_BOOKS = 1001, 31
"""The first of the people's books, and how many there are: an id never moves between them."""

ADDRESSES_MAX = 20
RECIPIENT_CHARACTERS_MAX = 30
STREET_CHARACTERS_MAX = 120
NAME_CHARACTERS_MAX = 20
SEALED_BYTES_MIN, SEALED_BYTES_MAX = 29, 2_000
WRAPPED_BYTES = 60

KINDS = ("openid", "unionid", "phone", "email")
DIGEST_BYTES = 32
IDENTITY_BYTES_MAX = 400
IDENTITIES_MAX = 20
APPID = re.compile(r"[0-9A-Za-z_-]{1,32}")
SESSION = timedelta(days=30)

CODE_DIGITS = 6
CODE_LIFE, CODE_PAUSE = timedelta(minutes=10), timedelta(seconds=60)
CODE_TRIES_MAX = 5
CODES_A_DAY_MAX = 10
CODE_BYTES_MAX = 2_000
ASKINGS_MAX = ((30, timedelta(hours=1)), (100, timedelta(days=1)))
"""So many codes are asked for from one address of the network in so long a time."""

MOBILE = re.compile(r"1[3-9][0-9]{9}")
ABROAD = re.compile(r"\+(?!86)[1-9][0-9]{6,14}")
MAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+")
MAIL_CHARACTERS_MAX = 254

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


def is_name(name: str) -> bool:
    """Tell whether somebody can be called so: 1 to 20 characters that show."""
    return 1 <= len(name) <= NAME_CHARACTERS_MAX and name.isprintable()


def is_phone(number: str) -> bool:
    """Tell whether a carrier can call this number."""
    return PHONE.fullmatch(number) is not None


def is_street(street: str) -> bool:
    """Tell whether this may say where in a district: 2 to 120 characters that show."""
    return 2 <= len(street) <= STREET_CHARACTERS_MAX and street.isprintable()  # noqa: PLR2004 - its least


def phone_name(written: str) -> str:
    """Give a mobile as it is known: with its country, without blanks; empty if it is none."""
    bare = re.sub(r"[\s()-]", "", written)
    home = re.sub(r"^(\+86|0086)", "", bare)
    if MOBILE.fullmatch(home):
        return f"+86{home}"
    return bare if ABROAD.fullmatch(bare) else ""


def mail_name(written: str) -> str:
    """Give an address of mail as it is known: in small letters; empty if it is none."""
    bare = written.strip().lower()
    return bare if len(bare) <= MAIL_CHARACTERS_MAX and MAIL.fullmatch(bare) else ""


def seconds_to_wait(asked: Iterable[datetime], now: datetime) -> int:
    """Give the seconds until the next code may be sent, begun ones whole; 0 when it may now."""
    last = max(asked, default=None)
    return 0 if last is None else max(0, ceil((last + CODE_PAUSE - now).total_seconds()))


def minutes_to_wait(
    asked: Iterable[datetime], now: datetime, limits: Sequence[tuple[int, timedelta]]
) -> int:
    """Give the minutes until one more is within all limits, begun ones whole; 0 when it is now."""
    known, found = sorted(asked), timedelta()
    for most, window in limits:
        recent = [each for each in known if each > now - window]
        if len(recent) >= most:
            found = max(found, recent[-most] + window - now)
    return ceil(found.total_seconds() / 60)


def masked_phone(number: str) -> str:
    """Show a phone number without its middle: 139****0001."""
    return f"{number[:3]}****{number[-4:]}"


def masked_name(name: str) -> str:
    """Show a name by its first character: 王**."""
    return f"{name[:1]}**"
