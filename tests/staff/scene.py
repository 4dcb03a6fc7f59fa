"""Staff for tests: members, links and sessions with secrets that a test knows."""

from typing import Any
from uuid import uuid4

from jishi import staff
from jishi.kernel import MARKET, Market, Request, new_id

SECRET = "s" * 43
DIGEST = staff.rules.digest(SECRET)
HASH = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$c29tZWhhc2g"


def new_name() -> str:
    """Give a name that nobody signs in by."""
    return f"w{new_id():x}"


def ask(kind: type[Request], /, **values: Any) -> Any:
    """Make a request in the market's book."""
    asked: dict[str, Any] = {"key": uuid4(), "book": MARKET, "actor_id": 0}
    return kind(**(asked | values))


def add(works_in: int, *roles: str, **change: Any) -> staff.AddMember:
    """Ask to add a member."""
    asked = {"staff_id": new_id(), "works_in": works_in, "name": new_name()}
    chosen = roles or (("operator",) if works_in == MARKET else ("owner",))
    made: staff.AddMember = ask(staff.AddMember, **({**asked, "roles": chosen} | change))
    return made


def link(member: staff.AddMember, **change: Any) -> staff.IssueLink:
    """Ask for a link."""
    asked = {"staff_id": member.staff_id, "works_in": member.works_in, "link_id": new_id()}
    made: staff.IssueLink = ask(staff.IssueLink, **({**asked, "digest": DIGEST} | change))
    return made


def password(of: staff.IssueLink, **change: Any) -> staff.SetPassword:
    """Ask to set a password by a link."""
    asked = {"link_id": of.link_id, "digest": DIGEST, "hash": HASH}
    made: staff.SetPassword = ask(staff.SetPassword, **(asked | change))
    return made


def session(member: staff.AddMember, **change: Any) -> staff.OpenSession:
    """Ask to open a session."""
    asked = {"staff_id": member.staff_id, "session_id": new_id(), "digest": DIGEST}
    made: staff.OpenSession = ask(staff.OpenSession, **(asked | change))
    return made


async def find(market: Market, session_id: int) -> staff.views.GoodSession | None:
    """Give a session that lets somebody in."""
    return await market.look(
        staff.views.good_session, book=MARKET, session_id=session_id, digest=DIGEST
    )


def authenticator(member: staff.AddMember, **change: Any) -> staff.SetAuthenticator:
    """Ask to set an authenticator whose newest step was the tenth."""
    digests = tuple(staff.rules.digest(str(n)) for n in range(staff.totp.RECOVERY_CODES))
    asked = {"staff_id": member.staff_id, "sealed": b"sealed", "step": 10, "digests": digests}
    made: staff.SetAuthenticator = ask(staff.SetAuthenticator, **(asked | change))
    return made
