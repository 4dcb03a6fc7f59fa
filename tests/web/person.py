"""A person who signed in, without the form: his browser has the cookie."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from jishi import people
from jishi.kernel import new_id
from jishi.people.keys import key_or_new
from jishi.web.asked import House
from jishi.web.person import PERSON, Session
from tests.web.reader import Reader


def house_of(reader: Reader) -> House:
    """Give the house that this reader reads."""
    house = reader.client.app.state["house"]
    assert isinstance(house, House)
    return house


def sign_in(reader: Reader, person_id: int = 0) -> int:
    """Sign a person in to this browser, a new one if none is given; give his id."""
    person = person_id or new_id()
    reader.client.cookies.set(PERSON, cookie_of(reader, person), domain="market.example")
    return person


def cookie_of(reader: Reader, person_id: int, *, days: int = 30) -> str:
    """Open a session of a person and give its cookie, which says it is good for so many days."""
    house, session_id = house_of(reader), new_id()

    async def come_in() -> None:
        await key_or_new(house.market, house.secret, person_id)
        asked = people.SignIn(
            key=uuid4(), book=people.book_of(person_id), actor_id=person_id, session_id=session_id
        )
        assert isinstance(await house.market.ask(asked), people.SignedIn)

    with reader.client.portal() as portal:
        portal.call(come_in)
    until = datetime.now(UTC) + timedelta(days=days)
    return Session(person_id, session_id, int(until.timestamp())).signed(house.secret)


def prove(reader: Reader, person_id: int, *proved: people.Proved) -> None:
    """Let a person be known by these."""
    house = house_of(reader)

    async def all_of_it() -> None:
        for each in proved:
            found = await people.recognise(house.market, house.secret, each, person_id=person_id)
            assert found == person_id

    with reader.client.portal() as portal:
        portal.call(all_of_it)
