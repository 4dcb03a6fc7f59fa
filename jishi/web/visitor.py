"""Who is looking: a visitor, known by a signed cookie that is set with the first order or cart."""

import secrets
from typing import NamedTuple

from litestar.datastructures import Cookie

from jishi.web.asked import Asked, House, house, is_secure

VISITOR, FORM = "visitor", "form"
YEAR_SECONDS = 365 * 24 * 3600
DAY_SECONDS = 24 * 3600


class Token(NamedTuple):
    """What a form carries against forgery, and the cookie it is the answer to."""

    value: str
    cookies: list[Cookie]


def visitor_of(asked: Asked) -> int:
    """Give the visitor's id, 63 bits; 0 is nobody. A cookie we did not sign is nobody's."""
    number, _, signature = asked.cookies.get(VISITOR, "").partition(".")
    if not number or not house(asked).secret.is_signed(VISITOR, number, signature):
        return 0
    return int(number, 16)


def welcome(asked: Asked) -> tuple[int, list[Cookie]]:
    """Give the visitor who orders or fills a cart, and the cookie that lets him see it later.

    The id comes from the form's cookie: when a first order is sent twice at once, neither sending
    has a visitor's cookie yet, and both must be the same visitor. An open form has no cookie.
    """
    if known := visitor_of(asked):
        return known, []
    secret = house(asked).secret
    nonce = asked.cookies.get(FORM) or secrets.token_urlsafe(16)
    number = f"{int(secret.sign('visitor of', nonce)[:16], 16) >> 1 or 1:x}"
    value = f"{number}.{secret.sign(VISITOR, number)}"
    return int(number, 16), [cookie(asked, VISITOR, value, YEAR_SECONDS)]


def token(asked: Asked) -> Token:
    """Give the token for a form; a browser without the form's cookie gets one."""
    secret = house(asked).secret
    known = asked.cookies.get(FORM, "")
    nonce = known or secrets.token_urlsafe(16)
    cookies = [] if known else [cookie(asked, FORM, nonce, DAY_SECONDS)]
    return Token(secret.sign(FORM, nonce), cookies)


def is_genuine(the_house: House, nonce: str, given: str) -> bool:
    """Tell whether a form's token answers the cookie that came with it."""
    return bool(nonce) and the_house.secret.is_signed(FORM, nonce, given)


def cookie(asked: Asked, name: str, value: str, seconds: int) -> Cookie:
    """Give a cookie of ours: no script reads it, no other site's form sends it."""
    return Cookie(
        key=name, value=value, max_age=seconds, path="/", httponly=True, samesite="lax",
        secure=is_secure(asked),
    )  # fmt: skip
