"""What is shown of staff, and whom a session or a link lets in. Read with `book=MARKET`."""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class GoodSession(msgspec.Struct, frozen=True):
    """Who is in by a session; the time in UTC."""

    session_id: int
    staff_id: int
    works_in: int
    name: str
    roles: list[str]
    opened_at: datetime
    ends_at: datetime
    lacks_second_step: bool


class SignInMember(msgspec.Struct, frozen=True):
    """Whom a name may sign in, and what is kept of his password; nothing if he set none."""

    staff_id: int
    works_in: int
    hash: str


class GoodLink(msgspec.Struct, frozen=True):
    """Who may set a password by a link."""

    link_id: int
    staff_id: int
    name: str


class Member(msgspec.Struct, frozen=True):
    """Somebody who works here, or did."""

    staff_id: int
    works_in: int
    name: str
    roles: list[str]
    added_at: datetime
    left_at: datetime | None
    has_password: bool


class NamedMember(msgspec.Struct, frozen=True):
    """How a member of the staff is called, also one who left."""

    staff_id: int
    name: str


class Colleague(msgspec.Struct, frozen=True):
    """Somebody who works here, or did, and when he was last seen; to half an hour."""

    staff_id: int
    works_in: int
    name: str
    roles: list[str]
    added_at: datetime
    left_at: datetime | None
    has_password: bool
    seen_at: datetime | None


class OpenSessionRow(msgspec.Struct, frozen=True):
    """A browser in which a member is in."""

    session_id: int
    opened_at: datetime
    seen_at: datetime


class SealedAuthenticator(msgspec.Struct, frozen=True):
    """A member's authenticator, sealed."""

    staff_id: int
    sealed: bytes


class Authenticator(msgspec.Struct, frozen=True):
    """What a member shows after his password; its secret is sealed."""

    staff_id: int
    number: int
    sealed: bytes
    set_at: datetime
    codes_left: int


class SecondStep(msgspec.Struct, frozen=True):
    """Whether a place of work requires a second step, and how many have one."""

    is_required: bool
    members: int
    with_one: int


sql = queries(__file__)
good_session = sql.one("good_session", GoodSession)
sign_in_member = sql.one("sign_in_member", SignInMember)
good_link = sql.one("good_link", GoodLink)
member_named = sql.one("member_named", Member)
members = sql.many("members", Member)
names = sql.many("names", NamedMember)
first_member = sql.one("first_member", NamedMember)
colleagues = sql.many("colleagues", Colleague)
colleague = sql.one("colleague", Colleague)
open_sessions = sql.many("open_sessions", OpenSessionRow)
sealed_authenticators = sql.many("sealed_authenticators", SealedAuthenticator)
authenticator = sql.one("authenticator", Authenticator)
second_step = sql.one("second_step", SecondStep)
