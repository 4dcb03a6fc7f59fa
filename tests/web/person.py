"""A person who signed in, without the form: his browser has the cookie."""

from datetime import UTC, datetime, timedelta

from jishi.kernel import new_id
from jishi.web.asked import House
from jishi.web.person import PERSON, SESSION_DAYS, Session
from tests.web.reader import Reader


def sign_in(reader: Reader, person_id: int = 0) -> int:
    """Sign a person in to this browser, a new one if none is given; give his id."""
    person = person_id or new_id()
    reader.client.cookies.set(PERSON, cookie_of(reader, person))
    return person


def cookie_of(
    reader: Reader, person_id: int, *, session_id: int = 0, days: int = SESSION_DAYS
) -> str:
    """Give a person's cookie, good for so many days."""
    until = datetime.now(UTC) + timedelta(days=days)
    session = Session(person_id, session_id or new_id(), int(until.timestamp()))
    house = reader.client.app.state["house"]
    assert isinstance(house, House)
    return session.signed(house.secret)
