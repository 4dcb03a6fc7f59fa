"""A member's authenticator: set with a picture to scan, kept with recovery codes, removed."""

from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

import segno
from litestar import Response, get, post
from litestar.params import FromPath

from jishi import staff
from jishi.kernel import MARKET, Refused
from jishi.kernel.act import Answer
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, key_of, language_of, text
from jishi.web.console.frame import done, show_console
from jishi.web.console.sign_in import prove
from jishi.web.console.staff.members import find, show_member
from jishi.web.console.staff.roster import place_of, show_roster
from jishi.web.member import SECOND_STEP, staff_of
from jishi.web.policy import staff as of_staff


@get(SECOND_STEP, opt=of_staff())
async def second_step(request: Asked) -> Response[bytes]:
    """Show the authenticator, or a new secret to scan."""
    return await show_second_step(request)


async def show_second_step(
    asked: Asked, *, secret: str = "", refused: Refused | None = None
) -> Response[bytes]:
    """Show the page; a refusal shows the same secret again."""
    member = staff_of(asked)
    kept = await house(asked).market.look(
        staff.views.authenticator, book=MARKET, staff_id=member.staff_id
    )
    secret = secret or staff.totp.new_secret()
    page = {
        "kept": kept,
        "secret": "" if kept else secret,
        "drawn": "" if kept else drawn(staff.totp.address(secret, member.name)),
        "key": str(uuid4()),
        "notice": notice(asked, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    return show_console(asked, "console/staff/second_step.html", page, status=status)


def drawn(address: str) -> str:
    """Draw what an authenticator scans, here: its secret goes to nobody else."""
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", scale=5, border=4, xmldecl=False, light="#fff", svgclass=None,
        lineclass=None, omitsize=False,
    )  # fmt: skip
    return picture.getvalue().decode()


@post(SECOND_STEP, opt=of_staff(), status_code=303)
async def set_second_step(request: Asked) -> Response[bytes]:
    """Keep the secret of whoever shows its first code; show the recovery codes this once."""
    form, member = await request.form(), staff_of(request)
    secret, totp = text(form, "secret"), staff.totp
    if not totp.is_secret(secret):
        return await show_second_step(request)
    step = totp.step_of(secret, text(form, "code").strip().replace(" ", ""), datetime.now(UTC))
    if not step:
        return await show_second_step(request, secret=secret, refused=Refused("code_wrong"))
    key = totp.keys_of(house(request).secret, member.staff_id)[0]
    codes = totp.new_recovery_codes()
    answer = await house(request).market.ask(
        staff.SetAuthenticator(
            key=key_of(form), book=MARKET, actor_id=member.staff_id, staff_id=member.staff_id,
            sealed=totp.seal(key, member.staff_id, secret),
            step=step, digests=tuple(map(totp.recovery_digest, codes)),
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_second_step(request, refused=answer)
    return show_console(request, "console/staff/codes.html", {"codes": codes}, status=200)


@post(f"{SECOND_STEP}/end", opt=of_staff(), status_code=303)
async def remove_mine(request: Asked) -> Response[bytes]:
    """Remove his own: it takes the password."""
    form, member = await request.form(), staff_of(request)
    proved = await prove(request, member.name, text(form, "old"))
    if isinstance(proved, Refused):
        wrong = proved.reason == "sign_in_wrong"
        refused = Refused("old_password_wrong") if wrong else proved
        return await show_second_step(request, refused=refused)
    answer = await remove(request, member.staff_id, member.works_in)
    if isinstance(answer, Refused):
        return await show_second_step(request, refused=answer)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, "/console/me", _("动态验证码已关闭。"))


async def remove(asked: Asked, staff_id: int, works_in: int) -> Answer:
    """Ask for the removal."""
    return await house(asked).market.ask(
        staff.RemoveAuthenticator(
            key=uuid4(), book=MARKET, actor_id=staff_of(asked).staff_id, staff_id=staff_id,
            works_in=works_in,
        )
    )  # fmt: skip


@post("/console/staff/{staff_id:int}/second-step/end", opt=of_staff("staff"), status_code=303)
async def remove_theirs(request: Asked, staff_id: FromPath[int]) -> Response[bytes]:
    """Remove the authenticator of somebody who lost it."""
    found = await find(request, staff_id)
    answer = await remove(request, found.staff_id, found.works_in)
    if isinstance(answer, Refused):
        return await show_member(request, found, answer)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, f"/console/staff/{staff_id}", _("动态验证码已关闭。"))


@post("/console/staff/second-step", opt=of_staff("staff"), status_code=303)
async def require_of_all(request: Asked) -> Response[bytes]:
    """Require it of everybody at a place of work, or leave it to each."""
    form, member = await request.form(), staff_of(request)
    is_required = text(form, "required") == "yes"
    answer = await house(request).market.ask(
        staff.RequireSecondStep(
            key=key_of(form), book=MARKET, actor_id=member.staff_id,
            works_in=place_of(member, text(form, "at")), is_required=is_required,
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_roster(request, answer)
    _ = house(request).engine.words[language_of(request)].say
    said = _("没有验证器的人，下次要先设一个。") if is_required else _("动态验证码由各人自己决定。")
    return done(request, "/console/staff", said)
