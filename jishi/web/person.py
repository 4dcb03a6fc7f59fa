"""Who shops: a person who signed in, or else the guest whose device this is."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypeVar
from urllib.parse import quote

from litestar import Response
from litestar.datastructures import Cookie

from jishi.kernel.secret import Secret
from jishi.kernel.sql import One
from jishi.web.answer import go_to
from jishi.web.asked import Asked, house
from jishi.web.visitor import cookie, visitor_of, welcome

PERSON = "person"
SESSION_DAYS = 30
SIGN_IN = "/sign-in"
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


def signed_in(asked: Asked, person_id: int, session_id: int) -> Cookie:
    """Give the cookie by which a person is known until his session ends."""
    until = datetime.now(UTC) + timedelta(days=SESSION_DAYS)
    session = Session(person_id, session_id, int(until.timestamp()))
    return cookie(asked, PERSON, session.signed(house(asked).secret), SESSION_DAYS * 24 * 3600)


def person_of(asked: Asked) -> int:
    """Give the id of the person who signed in; 0 is nobody."""
    found = session_of(asked)
    return found.person_id if found else 0


def shopper_of(asked: Asked) -> int:
    """Give whose cart and orders these are: the person's, or else the guest's; 0 is nobody's.

    On a page of something that this device's guest ordered before the person signed in, the guest.
    """
    owner = asked.scope["state"].get("owner", 0)
    assert isinstance(owner, int)
    return owner or person_of(asked) or visitor_of(asked)


def shopper_or_new(asked: Asked) -> tuple[int, list[Cookie]]:
    """Give the shopper; somebody new becomes a guest, by the cookies that come with his id."""
    person = person_of(asked)
    return (person, []) if person else welcome(asked)


async def find_own(asked: Asked, query: One[R], **values: object) -> R | None:
    """Look for what is the shopper's own: the person's, or what his device's guest had before."""
    market = house(asked).market
    for owner in dict.fromkeys((person_of(asked), visitor_of(asked))):
        if owner and (found := await market.look(query, book=0, person=owner, **values)):
            asked.scope["state"]["owner"] = owner
            return found
    return None


def need_person(asked: Asked, back: str) -> Response[bytes] | None:
    """Send whoever has not signed in to do so, and then back to this path of ours."""
    if person_of(asked):
        return None
    return go_to(f"{SIGN_IN}?back={quote(back, safe='')}")
