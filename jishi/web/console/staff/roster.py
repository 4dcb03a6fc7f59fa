"""The roster: who works here, as what, when last seen; and inviting somebody."""

import os
import secrets
from uuid import uuid4

from litestar import Response, get, post

from jishi import staff
from jishi.kernel import MARKET, Refused, new_id
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, is_secure, key_of, language_of, number, text
from jishi.web.console.frame import Tab, show_console
from jishi.web.console.roles import role_said
from jishi.web.member import Member, staff_of
from jishi.web.policy import staff as of_staff

ROWS = 50
NUMBER_MAX = 2**63 - 1


@get("/console/staff", opt=of_staff("staff"))
async def roster(request: Asked) -> Response[bytes]:
    """Show who works here, those who left too."""
    return await show_roster(request)


def place_of(member: Member, at: str) -> int:
    """Give the place of work that is meant: an operator's shop, or the market where he says so."""
    return MARKET if member.is_operator and at == "market" else member.book


async def show_roster(request: Asked, refused: Refused | None = None) -> Response[bytes]:
    """Show the roster; after a refusal with the reason."""
    member, asked = staff_of(request), request.query_params
    at = asked.get("at", "")
    works_in = place_of(member, at)
    words = house(request).engine.words[language_of(request)]
    found = await house(request).market.look(
        staff.views.colleagues, book=MARKET, works_in=works_in, members_max=ROWS + 1,
        before=number(asked.get("before", ""), NUMBER_MAX),
    )  # fmt: skip
    second = await house(request).market.look(
        staff.views.second_step, book=MARKET, works_in=works_in
    )
    shown, _ = found[:ROWS], words.say
    tabs = [
        Tab("/console/staff", _("小店员工"), works_in != MARKET),
        Tab("/console/staff?at=market", _("平台员工"), works_in == MARKET),
    ]
    page = {
        "rows": [(each, [role_said(role, words) for role in each.roles]) for each in shown],
        "tabs": tabs if member.is_operator and member.book != MARKET else [],
        "place": at if works_in == MARKET else "",
        "chosen": [],
        "roles": given_by(member, works_in, request),
        "second": second,
        "may_require": not {"owner", "operator"}.isdisjoint(
            role for role, _said in given_by(member, works_in, request)
        ),
        "key": str(uuid4()),
        "next": f"/console/staff?at={at}&before={shown[-1].staff_id}" if found[ROWS:] else "",
        "notice": notice(request, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    return show_console(request, "console/staff/roster.html", page, status=status)


def given_by(member: Member, works_in: int, asked: Asked) -> list[tuple[str, str]]:
    """Give the roles that this member may give there: each within his own permissions."""
    words = house(asked).engine.words[language_of(asked)]
    return [
        (role, role_said(role, words))
        for role, may in staff.rules.roles_at(works_in).items()
        if set(may) <= member.permissions
    ]


@post("/console/staff", opt=of_staff("staff"), status_code=303)
async def invite(request: Asked) -> Response[bytes]:
    """Add a member, and show the link for his password this once."""
    form, member = await request.form(), staff_of(request)
    works_in = place_of(member, text(form, "at"))
    added = await house(request).market.ask(
        staff.AddMember(
            key=key_of(form), book=MARKET, actor_id=member.staff_id, staff_id=new_id(),
            works_in=works_in, name=text(form, "name").strip().lower(),
            roles=tuple(each for each in form.getall("role", []) if isinstance(each, str)),
        )
    )  # fmt: skip
    if isinstance(added, Refused):
        return await show_roster(request, added)
    return await show_link(request, added.subject_id, works_in)


async def show_link(request: Asked, staff_id: int, works_in: int) -> Response[bytes]:
    """Issue a link and show it; nobody can show it again."""
    secret, link_id = secrets.token_urlsafe(32), new_id()
    issued = await house(request).market.ask(
        staff.IssueLink(
            key=uuid4(), book=MARKET, actor_id=staff_of(request).staff_id, staff_id=staff_id,
            works_in=works_in, link_id=link_id, digest=staff.rules.digest(secret),
        )
    )  # fmt: skip
    if isinstance(issued, Refused):
        return await show_roster(request, issued)
    found = await house(request).market.look(
        staff.views.colleague, book=MARKET, works_in=works_in, staff_id=staff_id
    )
    page = {
        "link": f"{base_of(request)}/console/welcome/{staff.rules.token(link_id, secret)}",
        "name": found.name if found else "",
        "hours": staff.rules.LINK_HOURS,
        "place": "market" if works_in == MARKET else "",
    }
    return show_console(request, "console/staff/link.html", page, status=200)


def base_of(asked: Asked) -> str:
    """Give where this market is: as it was told, else as the reader came."""
    scheme = "https" if is_secure(asked) else "http"
    told = os.environ.get("JISHI_URL", f"{scheme}://{asked.headers.get('host', '')}")
    return told.rstrip("/")
