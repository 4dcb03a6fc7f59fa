"""Who shops: a person who signed in, or else the guest whose device this is."""

import secrets
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar
from urllib.parse import quote
from uuid import uuid4

from litestar import Response
from litestar.datastructures import Cookie

from jishi import people, trade
from jishi.kernel import MARKET, Refused, new_id
from jishi.kernel.secret import Secret
from jishi.kernel.sql import One
from jishi.web.answer import CART, go_to
from jishi.web.asked import Asked, house, is_in_wechat
from jishi.web.visitor import (
    FORM,
    VISITOR,
    YEAR_SECONDS,
    cookie,
    guest_by,
    guest_cookie,
    visitor_of,
)

PERSON = "person"
SESSION_SECONDS = int(people.rules.SESSION.total_seconds())
SIGN_IN = "/sign-in"
NONCE = "wechat"
"""The cookie of whoever was led to WeChat and has not come back yet, or in vain."""

PARTS = 4
R = TypeVar("R")


class Session(NamedTuple):
    """What the cookie says: who, by which session, until when (seconds of the epoch)."""

    person_id: int
    session_id: int
    until: int

    def signed(self, secret: Secret) -> str:
        """Give the cookie's value."""
        said = ".".join(f"{each:x}" for each in self)
        return f"{said}.{secret.sign(PERSON, said)}"


class Shopper(NamedTuple):
    """Who shops: a person, the guest of this device, both, or nobody; 0 is none."""

    person_id: int
    guest_id: int


def session_of(asked: Asked) -> Session | None:
    """Read the cookie: signed by us, and not over yet."""
    parts = asked.cookies.get(PERSON, "").split(".")
    if len(parts) != PARTS:
        return None
    *said, signature = parts
    if not house(asked).secret.is_signed(PERSON, ".".join(said), signature):
        return None
    found = Session(*(int(each, 16) for each in said))
    return found if found.until > datetime.now(UTC).timestamp() else None


async def admit_shopper(asked: Asked) -> None:
    """See who shops, on every page that shows or changes what is somebody's own.

    A session that was ended is nobody's. So is a guest's cookie once a person took his id over:
    whoever left it in this browser, or copied it from there, sees nothing of that person.
    """
    session = session_of(asked)
    person = session.person_id if session and await _goes_on(asked, session) else 0
    guest = visitor_of(asked)
    is_taken = guest > 0 and (await _standing(asked, guest)).is_person
    asked.scope["state"]["shopper"] = Shopper(person, 0 if is_taken else guest)


async def _goes_on(asked: Asked, session: Session) -> bool:
    return (await _standing(asked, session.person_id, session.session_id)).is_in


async def _standing(asked: Asked, person_id: int, session_id: int = 0) -> people.views.Standing:
    found = await house(asked).market.look(
        people.views.standing, person=person_id, of_book=people.book_of(person_id),
        person_id=person_id, session_id=session_id,
    )  # fmt: skip
    assert found is not None
    return found


def shopping(asked: Asked) -> Shopper:
    """Give who shops; on a page that has nothing of anybody's own, by the cookies alone."""
    seen = asked.scope["state"].get("shopper")
    if isinstance(seen, Shopper):
        return seen
    session = session_of(asked)
    return Shopper(session.person_id if session else 0, visitor_of(asked))


def person_of(asked: Asked) -> int:
    """Give the id of the person who signed in; 0 is nobody."""
    return shopping(asked).person_id


def shopper_of(asked: Asked) -> int:
    """Give whose cart and orders these are: the person's, or else the guest's; 0 is nobody's.

    On a page of something that this device's guest ordered before the person signed in, the guest.
    """
    owner = asked.scope["state"].get("owner", 0)
    assert isinstance(owner, int)
    person, guest = shopping(asked)
    return owner or person or guest


async def shopper_or_new(asked: Asked) -> tuple[int, list[Cookie]]:
    """Give the shopper; somebody new becomes a guest, by the cookie that comes with his id.

    The id comes from the form's cookie: when a first order is sent twice at once, neither sending
    has a guest's cookie yet, and both must be the same guest. An open form has no cookie.
    """
    person, guest = shopping(asked)
    if person or guest:
        return person or guest, []
    guest = guest_by(asked, asked.cookies.get(FORM) or secrets.token_urlsafe(16))
    if (await _standing(asked, guest)).is_person:
        guest = guest_by(asked, secrets.token_urlsafe(16))
    return guest, [guest_cookie(asked, guest)]


async def find_own(asked: Asked, query: One[R], **values: object) -> R | None:
    """Look for what is the shopper's own: the person's, or what his device's guest had before."""
    market = house(asked).market
    for owner in dict.fromkeys(shopping(asked)):
        if owner and (found := await market.look(query, book=0, person=owner, **values)):
            asked.scope["state"]["owner"] = owner
            return found
    return None


def need_person(asked: Asked, back: str) -> Response[bytes] | None:
    """Send whoever has not signed in to do so, and then back to this path of ours.

    Inside WeChat he is known in silence, unless that was tried just now.
    """
    if person_of(asked):
        return None
    is_silent = is_in_wechat(asked) and NONCE not in asked.cookies
    return go_to(f"{SIGN_IN}{'/wechat' if is_silent else ''}?back={quote(back, safe='')}")


async def come_in(asked: Asked, person_id: int) -> list[Cookie] | Refused:
    """Sign a person in to this browser: give the cookies by which he is known from now on.

    The session is a new one, and so is the form's cookie: nothing that somebody else put into this
    browser before is worth anything after. What the guest had in his cart comes along.
    """
    market, session_id, guest = house(asked).market, new_id(), shopping(asked).guest_id
    answer = await market.ask(
        people.SignIn(
            key=uuid4(), book=people.book_of(person_id), actor_id=person_id, session_id=session_id
        )
    )
    if isinstance(answer, Refused):
        return answer
    until = int(datetime.now(UTC).timestamp()) + SESSION_SECONDS
    value = Session(person_id, session_id, until).signed(house(asked).secret)
    cookies = [cookie(asked, PERSON, value, SESSION_SECONDS), cookie(asked, FORM, "", 0)]
    if guest == person_id:
        return [*cookies, cookie(asked, VISITOR, "", 0)]
    if guest:
        merged = await market.ask(
            trade.MergeCarts(key=uuid4(), book=MARKET, actor_id=person_id, guest_id=guest)
        )
        if isinstance(merged, trade.CartsMerged):
            cookies.append(cookie(asked, CART, str(merged.lines_count), YEAR_SECONDS))
    return cookies


async def go_out(asked: Asked, *, everywhere: bool) -> list[Cookie]:
    """Sign the person out, here or everywhere: give the cookies that are gone."""
    session = session_of(asked)
    if session is not None:
        await house(asked).market.ask(
            people.SignOut(
                key=uuid4(), book=people.book_of(session.person_id), actor_id=session.person_id,
                session_id=0 if everywhere else session.session_id,
            )
        )  # fmt: skip
    return [cookie(asked, name, "", 0) for name in (PERSON, FORM, CART)]
