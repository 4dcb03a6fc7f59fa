"""The queue of after-sale, and one case with what can be done about it."""

from uuid import uuid4

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import after_sale
from jishi.after_sale import desk
from jishi.after_sale.views import CasePage
from jishi.kernel import Refused
from jishi.pages.words import Words
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, language_of, number
from jishi.web.console.after_sale.said import left_said, state_said, step_said
from jishi.web.console.frame import Tab, show_console
from jishi.web.member import Member, staff_of
from jishi.web.policy import staff
from jishi.web.storefront.after_sale_said import kind_said, reasons_said

ROWS = 50
STATES = {
    "ours": ("seller_review", "seller_to_receive", "seller_refused_goods", "exchange_shipping"),
    "market": ("dispute", "refund_stuck"),
    "others": ("seller_rejected", "buyer_to_return", "refunding"),
    "ended": ("done", "closed"),
}
"""Which states a tab shows."""


@get("/console/after-sale", opt=staff("after_sale"))
async def queue(request: Asked) -> Response[bytes]:
    """Show the cases that wait for the seller; or for the market, for others, for nobody."""
    book, asked = staff_of(request).book, request.query_params
    tab = asked.get("tab", "ours") if asked.get("tab") in desk.TABS else "ours"
    market = house(request).market
    found = await market.look(
        desk.queue, book=book, states=list(STATES[tab]), cases_max=ROWS + 1,
        after=number(asked.get("after", ""), 0),
    )  # fmt: skip
    counted = await market.look(
        desk.counts, book=book, ours=list(STATES["ours"]), market=list(STATES["market"])
    )
    assert counted is not None
    words = house(request).engine.words[language_of(request)]
    shown = found[:ROWS]
    rows = [
        (each, kind_said(each.kind, words), state_said(each.state, words),
         left_said(each.act_until, words))
        for each in shown
    ]  # fmt: skip
    more = f"/console/after-sale?tab={tab}&after={shown[-1].case_id}" if len(found) > ROWS else ""
    page = {
        "rows": rows, "tabs": tabs_of(tab, counted, words), "tab": tab,
        "next": more,
    }  # fmt: skip
    return show_console(request, "console/after_sale/queue.html", page)


def tabs_of(here: str, counted: desk.QueueCount, words: Words) -> list[Tab]:
    """Give the lists, each open one with its number."""
    _ = words.say
    named = (
        ("ours", _("等您处理"), counted.ours), ("market", _("等平台"), counted.market),
        ("others", _("等别人"), counted.others), ("ended", _("已结束"), None),
    )  # fmt: skip
    return [Tab(f"/console/after-sale?tab={tab}", said, tab == here, n) for tab, said, n in named]


@get("/console/after-sale/{case:str}", opt=staff("after_sale"))
async def case_page(request: Asked, case: FromPath[str]) -> Response[bytes]:
    """Show one case, with what this member can do about it."""
    return await show_case(request, case)


async def show_case(request: Asked, case: str, refused: Refused | None = None) -> Response[bytes]:
    """Show one case; after a refusal with the reason."""
    member, (page, facts) = staff_of(request), await find_case(request, case)
    words = house(request).engine.words[language_of(request)]
    shown = {
        "page": page, "deeds": deeds_of(page.state, member, is_replaced=facts.is_replaced),
        "most_fen": facts.most_fen, "key": str(uuid4()),
        "kind": kind_said(page.kind, words), "state": state_said(page.state, words),
        "reason": reasons_said(words).get(page.reason, page.reason),
        "left": left_said(page.act_until, words),
        "path": [(step_said(each, words), each.at, each.note) for each in page.steps],
        "may_show": page.state not in after_sale.rules.FINAL,
        "characters_max": after_sale.rules.TEXT_CHARACTERS_MAX,
        "parcel_characters_max": after_sale.rules.PARCEL_CHARACTERS_MAX,
        "notice": notice(request, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show_console(request, "console/after_sale/case.html", shown, status=status)


async def find_case(request: Asked, case: str) -> tuple[CasePage, desk.CaseFacts]:
    """Find a case of the shop where the member works."""
    member, market = staff_of(request), house(request).market
    shop = member.shop
    assert shop is not None, "the route is of a shop"
    page = await market.look(after_sale.views.case, book=member.book, shop=shop.shop, case=case)
    facts = await market.look(desk.facts, book=member.book, case=case)
    if page is None or facts is None:
        raise NotFoundException
    return page, facts


def deeds_of(state: str, member: Member, *, is_replaced: bool) -> list[str]:
    """Give what this member can do about a case in a state; verdicts are the market's alone."""
    if state in STATES["market"]:
        return {"dispute": ["judge"], "refund_stuck": ["retry"]}[state] * member.is_operator
    known = {
        "seller_review": ["agree", "refuse"],
        "seller_to_receive": ["receive", "refuse_goods"],
        "seller_refused_goods": ["agree", "escalate"],
        "exchange_shipping": [] if is_replaced else ["replace", "give_up"],
    }
    return known.get(state, [])
