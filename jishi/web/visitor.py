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


def guest_by(asked: Asked, nonce: str) -> int:
    """Give the id of the guest to be whose form had this nonce."""
    return int(house(asked).secret.sign("visitor of", nonce)[:16], 16) >> 1 or 1


def guest_cookie(asked: Asked, guest: int) -> Cookie:
    """Give the cookie by which a guest sees later what he ordered."""
    number = f"{guest:x}"
    value = f"{number}.{house(asked).secret.sign(VISITOR, number)}"
    return cookie(asked, VISITOR, value, YEAR_SECONDS)


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
