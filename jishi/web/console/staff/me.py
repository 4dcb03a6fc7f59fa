"""A member's own page: his password, and the browsers in which he is in."""

from uuid import uuid4

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import staff
from jishi.kernel import MARKET, Refused
from jishi.staff.passwords import Crowded
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, key_of, language_of, text
from jishi.web.console.frame import done, show_console
from jishi.web.console.roles import role_said
from jishi.web.console.sign_in import DESK, prove
from jishi.web.console.welcome import UNLIKE, WEAK
from jishi.web.member import staff_of
from jishi.web.policy import staff as of_staff

SESSIONS_MAX = 100
BUSY = Refused("busy", is_final=False)


@get("/console/me", opt=of_staff())
async def me(request: Asked) -> Response[bytes]:
    """Show who is in, and where else he is."""
    return await show_me(request)


async def show_me(request: Asked, refused: Refused | None = None) -> Response[bytes]:
    """Show the page; after a refusal with the reason."""
    member = staff_of(request)
    words = house(request).engine.words[language_of(request)]
    kept = await house(request).market.look(
        staff.views.authenticator, book=MARKET, staff_id=member.staff_id
    )
    page = {
        "sessions": await house(request).market.look(
            staff.views.open_sessions, book=MARKET, staff_id=member.staff_id,
            sessions_max=SESSIONS_MAX,
        ),
        "kept": kept,
        "said": [role_said(role, words) for role in member.roles],
        "characters_min": staff.rules.PASSWORD_CHARACTERS_MIN,
        "key": str(uuid4()),
        "notice": notice(request, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show_console(request, "console/staff/me.html", page, status=status)


@post("/console/me/password", opt=of_staff(), status_code=303)
async def change_password(request: Asked) -> Response[bytes]:
    """Change the password of whoever shows the old one; tries count as those to sign in do."""
    form, member = await request.form(), staff_of(request)
    password = text(form, "password")
    if not staff.rules.is_password(password, member.name):
        return await show_me(request, WEAK)
    if password != text(form, "again"):
        return await show_me(request, UNLIKE)
    proved = await prove(request, member.name, text(form, "old"))
    if isinstance(proved, Refused):
        reason = Refused("old_password_wrong") if proved.reason == "sign_in_wrong" else proved
        return await show_me(request, reason)
    try:
        hashed = await DESK.hash(password)
    except Crowded:
        return await show_me(request, BUSY)
    answer = await house(request).market.ask(
        staff.ChangePassword(
            key=key_of(form), book=MARKET, actor_id=member.staff_id, staff_id=member.staff_id,
            session_id=member.session_id, hash=hashed,
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_me(request, answer)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, "/console/me", _("密码已改，其他浏览器都已退出。"))


@post("/console/me/sessions/{session_id:int}/end", opt=of_staff(), status_code=303)
async def close_session(request: Asked, session_id: FromPath[int]) -> Response[bytes]:
    """End one of his sessions."""
    member = staff_of(request)
    answer = await house(request).market.ask(
        staff.CloseSession(
            key=uuid4(), book=MARKET, actor_id=member.staff_id, staff_id=member.staff_id,
            session_id=min(session_id, staff.rules.NUMBER_MAX),
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        raise NotFoundException
    _ = house(request).engine.words[language_of(request)].say
    return done(request, "/console/me", _("那个浏览器已退出。"))


@post("/console/me/sessions/end", opt=of_staff(), status_code=303)
async def close_others(request: Asked) -> Response[bytes]:
    """End all his sessions but this one."""
    member = staff_of(request)
    answer = await house(request).market.ask(
        staff.CloseOtherSessions(
            key=uuid4(), book=MARKET, actor_id=member.staff_id, staff_id=member.staff_id,
            session_id=member.session_id,
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_me(request, answer)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, "/console/me", _("其他浏览器都已退出。"))
