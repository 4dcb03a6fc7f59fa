"""The rules of staff: who may do what, and how many tries a password gets."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

PERMISSIONS = (
    "goods", "stock", "orders", "shipping", "after_sale", "finance", "service", "staff",
    "settings", "jobs", "audit", "store", "questions", "measure",
)  # fmt: skip
"""What a page of the console may ask for."""

SHOP_ROLES: Mapping[str, tuple[str, ...]] = {
    # What is the market's own he may read, not run.
    "owner": tuple(each for each in PERMISSIONS if each not in {"jobs", "measure"}),
    "manager": (
        "goods", "stock", "orders", "shipping", "after_sale", "service", "store", "settings",
    ),
    "goods": ("goods", "stock"),
    "orders": ("orders", "shipping", "after_sale"),
    "finance": ("finance", "orders"),
    "service": ("service", "orders", "after_sale"),
    "store": ("store",),
}  # fmt: skip
"""The roles in a shop, and what each of them permits."""

MARKET_ROLES: Mapping[str, tuple[str, ...]] = {
    "operator": PERMISSIONS,
    "arbiter": ("orders", "after_sale", "service"),
    "bookkeeper": ("finance", "audit"),
}
"""The roles at the market itself, which hold in every shop of it."""

NOTICES: Mapping[str, str] = {
    "order_paid": "orders",
    "case_opened": "after_sale",
    "case_changed": "after_sale",
    "case_sent_back": "after_sale",
    "case_escalated": "after_sale",
    "parcel_troubled": "shipping",
}
"""What a shop is told of, and the permission of whoever may do something about it."""

NEWS_MAX = 100
"""Notices are counted up to here; beyond it nobody cares how many more."""

MARKET = 1
NAME = re.compile(r"[a-z0-9][a-z0-9_.@-]{1,59}")
DIGEST = re.compile(r"[0-9a-f]{64}")
PASSWORD_CHARACTERS_MIN, PASSWORD_CHARACTERS_MAX = 10, 128
MEMBERS_MAX = 200
LINK_HOURS = 48
SESSION_HOURS = 12
SESSION_DAYS_MAX = 7
PROLONGED_BEFORE_HOURS = 11.5
"""A session is prolonged when less is left of it: so at most twice an hour."""

TRIES = ((5, timedelta(minutes=15)), (30, timedelta(days=1)))
"""So many tries in so long a time; the next must wait until the first of them is so old."""

TOKEN = re.compile(r"([0-9a-f]{1,16})\.([A-Za-z0-9_-]{43})")
NUMBER_MAX = 2**63 - 1


class Named(NamedTuple):
    """What a token names: a session or a link, and the digest of its secret."""

    number: int
    digest: str


def permissions(works_in: int, roles: Iterable[str]) -> frozenset[str]:
    """Give what these roles permit at this place of work; a role of elsewhere permits nothing."""
    table = roles_at(works_in)
    return frozenset(each for role in roles for each in table.get(role, ()))


def kinds_for(permissions: Iterable[str]) -> list[str]:
    """Give the kinds of notices that whoever has these permissions is told."""
    return [kind for kind, permission in NOTICES.items() if permission in set(permissions)]


def roles_at(works_in: int) -> Mapping[str, tuple[str, ...]]:
    """Give the roles there are at a place of work."""
    return MARKET_ROLES if works_in == MARKET else SHOP_ROLES


def roles_with(works_in: int, permission: str) -> list[str]:
    """Give the roles that permit something, for whoever lacks it."""
    return [role for role, may in roles_at(works_in).items() if permission in may]


def are_roles(works_in: int, roles: Sequence[str]) -> bool:
    """Tell whether these are roles of this place of work, at least one, each once."""
    return 0 < len(roles) == len(set(roles)) and set(roles) <= set(roles_at(works_in))


def is_password(password: str, name: str) -> bool:
    """Tell whether this may be a password: long enough, and more than the name or one letter."""
    is_long = PASSWORD_CHARACTERS_MIN <= len(password) <= PASSWORD_CHARACTERS_MAX
    return is_long and name not in password.lower() and len(set(password)) > PASSWORD_LETTERS_MIN


PASSWORD_LETTERS_MIN = 4
"""A password has more different letters than this."""


def minutes_locked(tries: Sequence[datetime], now: datetime) -> int:
    """Give the minutes until the next try, begun ones whole; 0 when it may be at once."""
    found = timedelta()
    for tries_max, window in TRIES:
        recent = sorted(tried for tried in tries if tried > now - window)
        if len(recent) >= tries_max:
            found = max(found, recent[-tries_max] + window - now)
    return -int(-found.total_seconds() // 60)


def session_ends_at(opened_at: datetime, now: datetime) -> datetime:
    """Give when a session ends that is in use now: 12 idle hours on, but within 7 days."""
    return min(now + timedelta(hours=SESSION_HOURS), opened_at + timedelta(days=SESSION_DAYS_MAX))


def token(number: int, secret: str) -> str:
    """Write the token of a session or a link; the secret has 43 URL-safe characters (256 bits)."""
    return f"{number:x}.{secret}"


def read(given: str) -> Named | None:
    """Read a token, if it is one."""
    found = TOKEN.fullmatch(given)
    if found is None or int(found[1], 16) > NUMBER_MAX:
        return None
    return Named(int(found[1], 16), digest(found[2]))


def digest(secret: str) -> str:
    """Give what is kept of a secret. It has 256 random bits, so a plain hash cannot be guessed."""
    return sha256(secret.encode()).hexdigest()
