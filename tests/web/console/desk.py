"""A member of the staff at his desk: added and signed in, with a browser of his own."""

import asyncio
import secrets
from uuid import uuid4

from argon2 import PasswordHasher

from jishi import staff
from jishi.kernel import MARKET, Market, Request, new_id
from jishi.web.member import STAFF
from tests.conftest import opened
from tests.staff.scene import add, link, session
from tests.web.reader import Reader, fields

PASSWORD = "correct horse battery"  # noqa: S105 - a password of nobody
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Made cheaply; what it cost is written in it."""


async def ask_all(url: str, *requests: Request) -> None:
    """Ask one after another; none is refused."""
    async with opened(url) as market:
        await each_of(market, *requests)


async def each_of(market: Market, *requests: Request) -> None:
    """Ask one after another; none is refused."""
    for each in requests:
        answer = await market.ask(each)
        assert hasattr(answer, "subject_id"), answer


def hire(url: str, works_in: int, *roles: str) -> staff.AddMember:
    """Add a member with a password."""
    member = add(works_in, *roles)
    way_in = link(member)
    set_it = staff.SetPassword(
        key=uuid4(), book=MARKET, actor_id=member.staff_id, link_id=way_in.link_id,
        digest=way_in.digest, hash=HASH,
    )  # fmt: skip
    asyncio.run(ask_all(url, member, way_in, set_it))
    return member


def seat(reader: Reader, url: str, works_in: int, *roles: str) -> staff.AddMember:
    """Sign a new member in to this browser, without the form."""
    member, secret, session_id = add(works_in, *roles), secrets.token_urlsafe(32), new_id()
    come_in = session(member, session_id=session_id, digest=staff.rules.digest(secret))
    asyncio.run(ask_all(url, member, come_in))
    reader.client.cookies.set(STAFF, staff.rules.token(session_id, secret))
    return member


def sign_in_form(reader: Reader, name: str, password: str = PASSWORD) -> dict[str, str]:
    """Give the form for signing in, filled in."""
    page = reader.get("/console/sign-in")
    return {**fields(page.text), "name": name, "password": password}
