"""The page of the audit: deeds by member, kind and day, the newest first."""

from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import msgspec
from litestar import Response, get

from jishi import staff
from jishi.kernel import MARKET
from jishi.staff.audit import Deed
from jishi.web.asked import Asked, house, language_of, number
from jishi.web.console.audit.said import DEEDS, deed_said
from jishi.web.console.frame import Tab, show_console
from jishi.web.member import staff_of
from jishi.web.policy import staff as of_staff

ROWS = 50
MEMBERS_MAX = 400
NUMBER_MAX = 2**63 - 1
SHANGHAI = ZoneInfo("Asia/Shanghai")
ALWAYS = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2120, 1, 1, tzinfo=UTC))


class Row(msgspec.Struct, frozen=True):
    """A deed in the reader's words."""

    deed: Deed
    said: str
    who: str
    whom: str


@get("/console/audit", opt=of_staff("audit"))
async def audit(request: Asked) -> Response[bytes]:
    """Show what members did in this book; or what was done about members and their sign-ins."""
    member, asked = staff_of(request), request.query_params
    market, words = house(request).market, house(request).engine.words[language_of(request)]
    is_about = asked.get("of") == "staff"
    name, day = asked.get("member", "")[:60].strip(), asked.get("day", "")[:10]
    deed = asked.get("deed", "") if asked.get("deed", "") in DEEDS else ""
    found = await market.look(
        staff.audit.doers, book=MARKET, workplaces=[member.book, MARKET], members_max=MEMBERS_MAX
    )
    names = {each.staff_id: each.name for each in found}
    wanted = [
        each.staff_id for each in found
        if name in ("", each.name) and (not is_about or each.works_in == member.book)
    ]  # fmt: skip
    from_at, until_at = window(day)
    deeds = await market.look(
        staff.audit.about if is_about else staff.audit.deeds,
        book=MARKET if is_about else member.book, staff_ids=wanted,
        before=number(asked.get("before", ""), NUMBER_MAX), deed=deed,
        from_at=from_at, until_at=until_at, deeds_max=ROWS + 1,
    )  # fmt: skip
    _, shown = words.say, deeds[:ROWS]
    filters = {"of": "staff" if is_about else "", "member": name, "deed": deed, "day": day}
    page = {
        "rows": [
            Row(
                each, deed_said(each.name, words),
                names.get(each.actor_id, "" if each.actor_id else _("机器上")),
                names.get(each.subject_id, ""),
            )
            for each in shown
        ],
        "tabs": [
            Tab("/console/audit", _("做过的事"), not is_about),
            Tab("/console/audit?of=staff", _("登录与账号"), is_about),
        ],
        "filters": filters,
        "deeds": sorted((deed_said(each, words), each) for each in DEEDS),
        "next": f"/console/audit?{urlencode({**filters, 'before': shown[-1].number})}"
        if deeds[ROWS:] else "",
    }  # fmt: skip
    return show_console(request, "console/audit/page.html", page)


def window(day: str) -> tuple[datetime, datetime]:
    """Give a day as the clock in Shanghai counts it; all days where it is none."""
    try:
        begins_at = datetime.combine(date.fromisoformat(day), time(), SHANGHAI)
        return begins_at, begins_at + timedelta(days=1)
    except (ValueError, OverflowError):
        return ALWAYS
