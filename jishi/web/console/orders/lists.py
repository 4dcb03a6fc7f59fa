"""A shop's orders in lists, by where they stand; found by their number."""

from urllib.parse import urlencode

from litestar import Response, get

from jishi import trade
from jishi.pages.words import Words
from jishi.trade.selling.views import TABS, ShopCounts
from jishi.web.asked import NUMBER_MAX, Asked, house, language_of, number
from jishi.web.console.frame import Tab, show_console
from jishi.web.console.orders.said import delivery_said, state_said
from jishi.web.member import staff_of
from jishi.web.policy import staff

ROWS = 50
NUMBER_CHARACTERS_MAX = 24


@get("/console/orders", opt=staff("orders"))
async def orders_list(request: Asked) -> Response[bytes]:
    """Show a list of orders, newest first; whoever searches searches all of them."""
    asked, book, market = request.query_params, staff_of(request).book, house(request).market
    wanted = number_of(asked.get("q", ""))
    known = asked.get("tab", "") if asked.get("tab") in TABS else "to_ship"
    tab = "all" if wanted else known
    found = await market.look(
        trade.selling.orders, book=book, states=list(TABS[tab]), number=wanted,
        before=number(asked.get("before", ""), NUMBER_MAX), orders_max=ROWS + 1,
    )  # fmt: skip
    counted = await market.look(trade.selling.counts, book=book)
    assert counted is not None
    words = house(request).engine.words[language_of(request)]
    shown = found[:ROWS]
    query = {"tab": tab, **({"q": wanted} if wanted else {})}
    more = urlencode({**query, "before": shown[-1].order_id}) if len(found) > ROWS else ""
    page = {
        "rows": [
            (each, state_said(each.state, words), delivery_said(each.delivery, words))
            for each in shown
        ],
        "q": wanted, "tab": tab, "tabs": tabs_of(tab, counted, words),
        "next": f"/console/orders?{more}" if more else "",
        "characters_max": NUMBER_CHARACTERS_MAX,
    }  # fmt: skip
    return show_console(request, "console/orders/list.html", page)


def number_of(typed: str) -> str:
    """Read an order number, or its beginning, as somebody heard it."""
    plain = "".join(typed.replace("\x00", "").split()).upper()[:NUMBER_CHARACTERS_MAX]
    return f"JS{plain}" if plain[:1].isdecimal() else plain


def tabs_of(here: str, counted: ShopCounts, words: Words) -> list[Tab]:
    """Give the lists; those that wait for somebody with their number."""
    _ = words.say
    named = (
        ("to_ship", _("待发货"), counted.to_ship), ("for_pickup", _("待自提"), counted.for_pickup),
        ("to_pay", _("待付款"), counted.to_pay), ("sent", _("已发货"), None),
        ("ended", _("已收货"), None), ("closed", _("已关闭"), None), ("all", _("全部"), None),
    )  # fmt: skip
    return [Tab(f"/console/orders?tab={tab}", said, tab == here, n) for tab, said, n in named]
