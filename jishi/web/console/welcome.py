"""Where a link leads: an invited member, or one who forgot, sets his password and is in."""

from uuid import uuid4

from litestar import Response, get, post
from litestar.params import FromPath

from jishi import staff
from jishi.kernel import MARKET, Refused
from jishi.web.answer import go_to, notice, show, status_of
from jishi.web.asked import Asked, house, text
from jishi.web.console.second_step import come_in
from jishi.web.console.sign_in import DESK
from jishi.web.policy import PUBLIC
from jishi.web.visitor import token

ENDED = Refused("link_ended")
WEAK = Refused("password_weak", {"characters_min": staff.rules.PASSWORD_CHARACTERS_MIN})
UNLIKE = Refused("passwords_unlike")


@get("/console/welcome/{link:str}", opt=PUBLIC)
async def welcome(request: Asked, link: FromPath[str]) -> Response[bytes]:
    """Ask for a password, as long as the link is good."""
    found = await find_link(request, link)
    return show_welcome(request, link, found, None if found else ENDED)


async def find_link(asked: Asked, link: str) -> staff.views.GoodLink | None:
    """Give whose link this is, if it is good."""
    named = staff.rules.read(link)
    if named is None:
        return None
    return await house(asked).market.look(
        staff.views.good_link, book=MARKET, link_id=named.number, digest=named.digest
    )


def show_welcome(
    asked: Asked, link: str, found: staff.views.GoodLink | None, refused: Refused | None
) -> Response[bytes]:
    """Show the form, and why it was refused."""
    answer = token(asked)
    page = {
        "link": link, "name": found.name if found else "", "token": answer.value,
        "characters_min": staff.rules.PASSWORD_CHARACTERS_MIN,
        "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    shown = show(asked, "console/welcome.html", page, status=status, cookies=answer.cookies)
    shown.headers["cache-control"] = "private, no-store"
    return shown


@post("/console/welcome/{link:str}", opt=PUBLIC, status_code=303)
async def set_password(request: Asked, link: FromPath[str]) -> Response[bytes]:
    """Set the password, and let the member in."""
    form, found = await request.form(), await find_link(request, link)
    if found is None:
        return show_welcome(request, link, None, ENDED)
    password = text(form, "password")
    if not staff.rules.is_password(password, found.name):
        return show_welcome(request, link, found, WEAK)
    if password != text(form, "again"):
        return show_welcome(request, link, found, UNLIKE)
    named = staff.rules.read(link)
    assert named is not None
    answer = await house(request).market.ask(
        staff.SetPassword(
            key=uuid4(), book=MARKET, actor_id=found.staff_id, link_id=named.number,
            digest=named.digest, hash=await DESK.hash(password),
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return show_welcome(request, link, None, answer)
    member = await house(request).market.look(
        staff.views.sign_in_member, book=MARKET, name=found.name
    )
    return await come_in(request, member, "/console") if member else go_to("/console")
