"""What is kept of a person, as he sees it. Read with `person=`: everybody sees his own alone."""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class Consent(msgspec.Struct, frozen=True):
    """What somebody said of a purpose, of which version of its text, where and when (UTC)."""

    purpose: str
    version: str
    is_given: bool
    place: str
    said_at: datetime


class Kept(msgspec.Struct, frozen=True):
    """How much is kept of a person."""

    addresses: int
    identities: int
    sessions: int


class OwnSession(msgspec.Struct, frozen=True):
    """A browser in which somebody signed in."""

    opened_at: datetime
    ends_at: datetime
    closed_at: datetime | None


class OwnAddress(msgspec.Struct, frozen=True):
    """A version of an address, sealed; removed when it was, or a newer one stood for it."""

    address_id: int
    division: str
    sealed: bytes
    saved_at: datetime
    removed_at: datetime | None


class OwnIdentity(msgspec.Struct, frozen=True):
    """What somebody is recognised by, sealed."""

    kind: str
    appid: str
    sealed: bytes
    recognised_at: datetime


sql = queries(__file__)
consents_of = sql.many("consents_of", Consent)
kept_of = sql.one("kept_of", Kept)
sessions_of = sql.many("sessions_of", OwnSession)
addresses_of = sql.many("addresses_of", OwnAddress)
identities_of = sql.many("identities_of", OwnIdentity)
