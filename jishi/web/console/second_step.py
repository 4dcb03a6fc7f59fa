"""The second step of signing in: a code of the member's authenticator, or a recovery code."""

import time
from datetime import UTC, datetime
from uuid import uuid4

from litestar import Response, get, post

from jishi import staff
from jishi.kernel import MARKET, Refused
from jishi.staff.views import SignInMember
from jishi.web.answer import go_to, notice, show, status_of
from jishi.web.asked import Asked, house, text
from jishi.web.console.sessions import cookies_of
from jishi.web.policy import PUBLIC
from jishi.web.storefront.language import own_path
from jishi.web.visitor import cookie, token

HALF, HALF_SECONDS = "half_in", 300
"""The cookie of whoever showed his password and not yet the rest."""

WRONG = Refused("code_wrong")


async def come_in(asked: Asked, member: SignInMember, back: str) -> Response[bytes]:
    """Let a member in who showed his password; who has an authenticator is asked for a code."""
    kept = await house(asked).market.look(
        staff.views.authenticator, book=MARKET, staff_id=member.staff_id
    )
    if kept is None:
        return go_to(back, await cookies_of(asked, member.staff_id, member.works_in))
    said = f"{member.staff_id:x}.{member.works_in:x}.{int(time.time()) + HALF_SECONDS:x}"
    value = f"{said}.{house(asked).secret.sign(HALF, said)}"
    path = f"/console/sign-in/code?back={back}"
    return go_to(path, [cookie(asked, HALF, value, HALF_SECONDS)])


def half_in(asked: Asked) -> tuple[int, int] | None:
    """Give who showed his password in this browser a moment ago, and where he works."""
    said, _, signature = asked.cookies.get(HALF, "").rpartition(".")
    if not said or not house(asked).secret.is_signed(HALF, said, signature):
        return None
    staff_id, works_in, until = (int(each, 16) for each in said.split("."))
    return (staff_id, works_in) if until > time.time() else None


@get("/console/sign-in/code", opt=PUBLIC)
async def ask_code(request: Asked) -> Response[bytes]:
    """Ask for the code."""
    back = own_path(request.query_params.get("back", "/console"))
    if half_in(request) is None:
        return go_to(f"/console/sign-in?back={back}")
    return show_code(request, back)


def show_code(asked: Asked, back: str, refused: Refused | None = None) -> Response[bytes]:
    """Show the form, and why it was refused."""
    answer = token(asked)
    page = {
        "back": back, "token": answer.value,
        "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    shown = show(asked, "console/code.html", page, status=status, cookies=answer.cookies)
    shown.headers["cache-control"] = "private, no-store"
    return shown


@post("/console/sign-in/code", opt=PUBLIC, status_code=303)
async def take_code(request: Asked) -> Response[bytes]:
    """Let in whoever shows the code; every try is noted before it is looked at."""
    form, half = await request.form(), half_in(request)
    back = own_path(text(form, "back") or "/console")
    if half is None:
        return go_to(f"/console/sign-in?back={back}")
    staff_id, works_in = half
    refused = await reason_against(request, staff_id, text(form, "code"))
    if refused:
        return show_code(request, back, refused)
    gone = cookie(request, HALF, "", 0)
    return go_to(back, [*await cookies_of(request, staff_id, works_in), gone])


async def reason_against(asked: Asked, staff_id: int, given: str) -> Refused | None:
    """Give why this code lets nobody in, or none when it was used up for this."""
    market, who = house(asked).market, {"book": MARKET, "actor_id": staff_id}
    tried = await market.ask(staff.TrySignIn(key=uuid4(), staff_id=staff_id, **who))
    if isinstance(tried, Refused):
        await note_lock_out(asked, staff_id)
        return tried
    kept = await market.look(staff.views.authenticator, book=MARKET, staff_id=staff_id)
    code = "".join(each for each in given[:60] if each.isascii() and each.isalnum())
    if kept is None:
        return WRONG
    if len(code) > len("000000"):
        digest = staff.totp.recovery_digest(code)
        used = await market.ask(
            staff.UseRecoveryCode(key=uuid4(), staff_id=staff_id, digest=digest, **who)
        )
        return used if isinstance(used, Refused) else None
    keys = staff.totp.keys_of(house(asked).secret, staff_id)
    secret = staff.totp.unseal_any(keys, staff_id, kept.sealed)
    step = staff.totp.step_of(secret, code, datetime.now(UTC)) if secret else 0
    if not step:
        return WRONG
    stepped = await market.ask(staff.UseCode(key=uuid4(), staff_id=staff_id, step=step, **who))
    return stepped if isinstance(stepped, Refused) else None


async def note_lock_out(asked: Asked, staff_id: int) -> None:
    """Put on record that a member is locked out."""
    await house(asked).market.ask(
        staff.NoteLockOut(key=uuid4(), book=MARKET, actor_id=0, staff_id=staff_id)
    )
