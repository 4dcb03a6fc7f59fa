"""One member: his roles, a new link for his password, and the end of his membership."""

from uuid import uuid4

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import staff
from jishi.kernel import MARKET, Refused
from jishi.staff.views import Colleague
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, key_of, language_of
from jishi.web.console.frame import done, show_console
from jishi.web.console.roles import role_said
from jishi.web.console.staff.roster import given_by, show_link
from jishi.web.member import staff_of
from jishi.web.policy import staff as of_staff


@get("/console/staff/{staff_id:int}", opt=of_staff("staff"))
async def member(request: Asked, staff_id: FromPath[int]) -> Response[bytes]:
    """Show a member."""
    return await show_member(request, await find(request, staff_id))


async def find(asked: Asked, staff_id: int) -> Colleague:
    """Find a member of the shop; an operator also finds those of the market."""
    who = staff_of(asked)
    for works_in in (who.book, MARKET) if who.is_operator else (who.book,):
        found = await house(asked).market.look(
            staff.views.colleague, book=MARKET, works_in=works_in,
            staff_id=min(staff_id, staff.rules.NUMBER_MAX),
        )  # fmt: skip
        if found is not None:
            return found
    raise NotFoundException


async def show_member(
    asked: Asked, found: Colleague, refused: Refused | None = None
) -> Response[bytes]:
    """Show a member; after a refusal with the reason."""
    words = house(asked).engine.words[language_of(asked)]
    mine = staff_of(asked).permissions
    page = {
        "found": found,
        "said": [role_said(role, words) for role in found.roles],
        "roles": given_by(staff_of(asked), found.works_in, asked),
        "may_touch": staff.rules.permissions(found.works_in, found.roles) <= mine,
        "kept": await house(asked).market.look(
            staff.views.authenticator, book=MARKET, staff_id=found.staff_id
        ),
        "is_me": found.staff_id == staff_of(asked).staff_id,
        "place": "market" if found.works_in == MARKET else "",
        "chosen": found.roles,
        "key": str(uuid4()),
        "notice": notice(asked, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    return show_console(asked, "console/staff/member.html", page, status=status)


@post("/console/staff/{staff_id:int}/roles", opt=of_staff("staff"), status_code=303)
async def set_roles(request: Asked, staff_id: FromPath[int]) -> Response[bytes]:
    """Set his roles."""
    form, found = await request.form(), await find(request, staff_id)
    answer = await house(request).market.ask(
        staff.SetRoles(
            key=key_of(form), book=MARKET, actor_id=staff_of(request).staff_id,
            staff_id=found.staff_id, works_in=found.works_in,
            roles=tuple(each for each in form.getall("role", []) if isinstance(each, str)),
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_member(request, found, answer)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, f"/console/staff/{staff_id}", _("角色已保存，立刻生效。"))


@post("/console/staff/{staff_id:int}/link", opt=of_staff("staff"), status_code=303)
async def link(request: Asked, staff_id: FromPath[int]) -> Response[bytes]:
    """Show a new link for his password, this once; older ones end."""
    found = await find(request, staff_id)
    return await show_link(request, found.staff_id, found.works_in)


@post("/console/staff/{staff_id:int}/end", opt=of_staff("staff"), status_code=303)
async def end_membership(request: Asked, staff_id: FromPath[int]) -> Response[bytes]:
    """End the membership: he is out everywhere at once."""
    form, found = await request.form(), await find(request, staff_id)
    answer = await house(request).market.ask(
        staff.EndMembership(
            key=key_of(form), book=MARKET, actor_id=staff_of(request).staff_id,
            staff_id=found.staff_id, works_in=found.works_in,
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_member(request, found, answer)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, "/console/staff", _("{name} 已停用，各处都已退出。", name=found.name))
