"""Signing in to the console, and out of it."""

from uuid import uuid4

from litestar import Response, get, post

from jishi import staff
from jishi.kernel import BUSY, MARKET, Refused
from jishi.staff.passwords import Crowded, Desk
from jishi.web.answer import go_to, notice, show, status_of
from jishi.web.asked import Asked, house, text
from jishi.web.console.second_step import come_in, note_lock_out
from jishi.web.member import SHOP, STAFF, recognise, staff_of
from jishi.web.policy import PUBLIC, is_at_the_machine
from jishi.web.policy import staff as of_staff
from jishi.web.storefront.language import own_path
from jishi.web.visitor import cookie, token

DESK = Desk()
WRONG = Refused("sign_in_wrong")


@get("/console/sign-in", opt=PUBLIC)
async def sign_in(request: Asked) -> Response[bytes]:
    """Ask who it is; whoever is in already goes on, and the very first one to the first run."""
    back = own_path(request.query_params.get("back", "/console"))
    if await recognise(request):
        return go_to(back)
    if is_at_the_machine(request) and not await house(request).market.look(
        staff.views.first_member, book=MARKET
    ):
        return go_to("/first-run")
    return show_sign_in(request, back)


def show_sign_in(
    asked: Asked, back: str, *, name: str = "", refused: Refused | None = None
) -> Response[bytes]:
    """Show the form, and why it was refused."""
    answer = token(asked)
    page = {
        "back": back, "name": name, "token": answer.value,
        "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    shown = show(asked, "console/sign_in.html", page, status=status, cookies=answer.cookies)
    shown.headers["cache-control"] = "private, no-store"
    return shown


@post("/console/sign-in", opt=PUBLIC, status_code=303)
async def enter(request: Asked) -> Response[bytes]:
    """Let in whoever knows his password; how a guess was wrong is not told."""
    form = await request.form()
    back, name = own_path(text(form, "back") or "/console"), text(form, "name").strip().lower()
    answer = await prove(request, name, text(form, "password"))
    if isinstance(answer, Refused):
        return show_sign_in(request, back, name=name[:60], refused=answer)
    return await come_in(request, answer, back)


async def prove(asked: Asked, name: str, password: str) -> staff.views.SignInMember | Refused:
    """Give the member whose name and password these are; every try is noted before it is made."""
    market = house(asked).market
    found = None
    if staff.rules.NAME.fullmatch(name):
        found = await market.look(staff.views.sign_in_member, book=MARKET, name=name)
    if found is not None:
        tried = await market.ask(
            staff.TrySignIn(key=uuid4(), book=MARKET, actor_id=0, staff_id=found.staff_id)
        )
        if isinstance(tried, Refused):
            await note_lock_out(asked, found.staff_id)
            return tried
    try:
        is_right = await DESK.is_right(
            found.hash if found else "", password[: staff.rules.PASSWORD_CHARACTERS_MAX]
        )
    except Crowded:
        return BUSY
    return found if found and is_right else WRONG


@post("/console/sign-out", opt=of_staff(), status_code=303)
async def leave(request: Asked) -> Response[bytes]:
    """End the session."""
    member = staff_of(request)
    await house(request).market.ask(
        staff.CloseSession(
            key=uuid4(), book=MARKET, actor_id=member.staff_id, staff_id=member.staff_id,
            session_id=member.session_id,
        )
    )  # fmt: skip
    gone = [cookie(request, name, "", 0) for name in (STAFF, SHOP)]
    return go_to("/console/sign-in", gone)
