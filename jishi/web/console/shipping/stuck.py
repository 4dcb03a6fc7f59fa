"""Parcels that somebody should ask about: lost, held up, brought back, or unheard of for days."""

import msgspec
from litestar import Response, get

from jishi.fulfilment.parcels import carriers
from jishi.fulfilment.tracking import rules, settings, views
from jishi.fulfilment.tracking.views import StuckParcel
from jishi.pages.words import Words
from jishi.web.asked import Asked, house, language_of, number
from jishi.web.console.frame import Tab, show_console
from jishi.web.member import staff_of
from jishi.web.policy import staff
from jishi.web.storefront.logistics import state_said

ROWS = 50


class StuckRow(msgspec.Struct, frozen=True):
    """A stuck parcel in words."""

    parcel: StuckParcel
    carrier: str
    said: str


@get("/console/shipping/stuck", opt=staff("shipping"))
async def stuck(request: Asked) -> Response[bytes]:
    """Show the parcels that are stuck, the longest first, a page at a time."""
    words = house(request).engine.words[language_of(request)]
    _ = words.say
    found = await house(request).market.look(
        views.stuck, book=staff_of(request).book, parcels_max=ROWS + 1,
        after=number(request.query_params.get("after", ""), 0), unheard_for=rules.STUCK_AFTER,
    )  # fmt: skip
    shown = found[:ROWS]
    page = {
        "rows": [
            StuckRow(
                each, carriers.name_of(each.carrier, is_english=words.is_english),
                state_said(each.state, words) or _("没有消息"),
            )
            for each in shown
        ],
        "next": f"/console/shipping/stuck?after={shown[-1].number}" if len(found) > ROWS else "",
        "tabs": tabs_of("stuck", words), "days": rules.STUCK_AFTER.days,
        "is_asked": settings.read_asking() is not None,
    }  # fmt: skip
    return show_console(request, "console/shipping/stuck.html", page)


def tabs_of(here: str, words: Words) -> list[Tab]:
    """Give the lists of shipping."""
    _ = words.say
    named = (("", _("待发货")), ("stuck", _("卡住的包裹")))
    return [Tab(f"/console/shipping/{tab}".rstrip("/"), said, tab == here) for tab, said in named]
