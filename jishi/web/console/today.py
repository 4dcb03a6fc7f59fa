"""What there is to do today, and what came in."""

from litestar import Response, get

from jishi import goods
from jishi.kernel.dead import dead
from jishi.staff import rules
from jishi.trade.today import today as figures_of_today
from jishi.web.asked import Asked, house
from jishi.web.console.frame import show_console
from jishi.web.console.notices import notices_of
from jishi.web.member import staff_of
from jishi.web.policy import staff

STUCK_MAX = 100
NOTICES = 20
"""The newest that were not read; the rest is a page away."""


@get("/console", opt=staff())
async def today(request: Asked) -> Response[bytes]:
    """Show the day of the shop; an operator also sees what got stuck."""
    member, market = staff_of(request), house(request).market
    figures = None
    if member.shop and "orders" in member.permissions:
        figures = await market.look(figures_of_today, book=member.book)
    may_see_jobs = "jobs" in member.permissions
    stuck = await market.look(dead, todos_max=STUCK_MAX) if may_see_jobs else []
    fresh = await notices_of(request, NOTICES) if member.news else []
    page = {
        "figures": figures,
        "notices": [each for each in fresh if not each.row.is_seen],
        "has_notices": bool(member.shop and rules.kinds_for(member.permissions)),
        "has_shops": bool(await market.look(goods.views.shops_after, after=0, shops_max=1)),
        "may_see_jobs": may_see_jobs,
        "may_see_money": "finance" in member.permissions,
        "stuck": len(stuck),
        "stuck_max": STUCK_MAX,
    }
    return show_console(request, "console/today.html", page)
