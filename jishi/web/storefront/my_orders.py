"""A shopper's orders in the lists that shoppers know, and his cases beside them."""

from litestar import Response, get

from jishi import after_sale, trade
from jishi.after_sale.views import MyCase
from jishi.pages.words import Words
from jishi.trade.mine.views import TABS, OrderCounts, OrderRow
from jishi.web.asked import Asked, house, language_of
from jishi.web.person import shopper_of, shopping
from jishi.web.policy import VISITOR
from jishi.web.storefront.after_sale_said import kind_said, where_said
from jishi.web.storefront.lists import before_of
from jishi.web.storefront.said import said_of, tone_of
from jishi.web.storefront.shown import show
from jishi.web.storefront.sign_in_wechat import silent_way

ROWS = 20
CASES = "after_sale"


@get("/orders", opt=VISITOR)
async def my_orders(request: Asked) -> Response[bytes]:
    """Show a list of this shopper's orders, or of his cases, newest first."""
    if silent := await silent_way(request):
        return silent
    asked = request.query_params.get("tab", "all")
    tab = asked if asked in TABS or asked == CASES else "all"
    shopper = shopper_of(request)
    words = house(request).engine.words[language_of(request)]
    page: dict[str, object] = {
        "rows": [],
        "next": "",
        "tab": "mine",
        "lists": [],
        "cases": [],
        "kind": tab,
        "person": shopping(request).person_id,
        "has_guests": all(shopping(request)),
    }
    if page["has_guests"] and "device" in request.query_params:
        return await show_guests(request, page, words)
    if not shopper:
        return show(request, "orders.html", page)
    listed = (
        cases_page(await cases_of(request, shopper), words)
        if tab == CASES
        else orders_page(await orders_of(request, shopper, tab), tab, words)
    )
    lists = await lists_of(request, shopper, tab, words)
    return show(request, "orders.html", {**page, **listed, "lists": lists})


async def show_guests(request: Asked, page: dict[str, object], words: Words) -> Response[bytes]:
    """Show what this device's guest ordered before somebody who was known already signed in."""
    rows = await orders_of(request, shopping(request).guest_id, "all")
    listed = orders_page(rows, "all", words)
    following = f"{listed['next']}&device=1" if listed["next"] else ""
    return show(request, "orders.html", {**page, **listed, "next": following, "kind": "all"})


async def orders_of(request: Asked, shopper: int, tab: str) -> list[OrderRow]:
    """Read a page of orders, and one more."""
    return await house(request).market.look(
        trade.mine.orders, person=shopper, buyer_id=shopper, before=before_of(request),
        states=list(TABS[tab]), orders_max=ROWS + 1,
    )  # fmt: skip


async def cases_of(request: Asked, shopper: int) -> list[MyCase]:
    """Read a page of cases, and one more."""
    return await house(request).market.look(
        after_sale.views.my_cases, person=shopper, buyer_id=shopper, before=before_of(request),
        cases_max=ROWS + 1,
    )  # fmt: skip


def orders_page(rows: list[OrderRow], tab: str, words: Words) -> dict[str, object]:
    """Give a page of orders."""
    shown = rows[:ROWS]
    following = f"/orders?tab={tab}&before={shown[-1].order_id}" if len(rows) > ROWS else ""
    states = [(said_of(row.state, words).said, tone_of(row.state)) for row in shown]
    return {"rows": shown, "states": states, "next": following}


def cases_page(rows: list[MyCase], words: Words) -> dict[str, object]:
    """Give a page of cases."""
    shown = rows[:ROWS]
    following = f"/orders?tab={CASES}&before={shown[-1].case_id}" if len(rows) > ROWS else ""
    said = [(row, kind_said(row.kind, words), where_said(row.state, words).said) for row in shown]
    return {"cases": said, "next": following}


async def lists_of(
    request: Asked, shopper: int, here: str, words: Words
) -> list[tuple[str, str, int, bool]]:
    """Give the lists: address, name, how many wait there, and which is shown."""
    market, _ = house(request).market, words.say
    counted = await market.look(trade.mine.counts, person=shopper, buyer_id=shopper)
    waiting = await market.look(after_sale.views.my_open_cases, person=shopper, buyer_id=shopper)
    counts = counted or OrderCounts(0, 0, 0)
    named = (
        ("all", _("全部"), 0), ("to_pay", _("待付款"), counts.to_pay),
        ("to_ship", _("待发货"), counts.to_ship), ("to_receive", _("待收货"), counts.to_receive),
        (CASES, _("售后"), waiting.cases if waiting else 0),
    )  # fmt: skip
    return [(f"/orders?tab={tab}", said, n, tab == here) for tab, said, n in named]
