"""One order at the desk: what was bought, what happened, what can be done."""

from uuid import uuid4

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import after_sale, money, staff, trade
from jishi.kernel import MARKET, Refused
from jishi.trade.note_order import NOTE_CHARACTERS_MAX
from jishi.trade.selling.views import ShopFacts
from jishi.trade.views import OrderPage
from jishi.web import invoices
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, language_of
from jishi.web.console.frame import show_console
from jishi.web.console.orders.said import delivery_said, state_said, timeline
from jishi.web.member import staff_of
from jishi.web.policy import staff as of_staff
from jishi.web.storefront.after_sale_said import kind_said
from jishi.web.storefront.said import names_of_line, spoken

BUYER_DIGITS = 10_000
"""Of a buyer staff see four digits here: enough to tell two of them apart."""


@get("/console/orders/{order:str}", opt=of_staff("orders"))
async def order_page(request: Asked, order: FromPath[str]) -> Response[bytes]:
    """Show one order."""
    return await show_order(request, order)


async def show_order(
    request: Asked, order: str, refused: Refused | None = None, *, is_unsealed: bool = False
) -> Response[bytes]:
    """Show one order; after a refusal with the reason, or with what its invoice is to say."""
    member, (page, facts) = staff_of(request), await find_order(request, order)
    words = house(request).engine.words[language_of(request)]
    cases = await house(request).market.look(
        after_sale.views.of_order, book=member.book, of_book=member.book, order_id=page.order_id
    )
    names = await names_of(request, facts)
    elsewhere = await house(request).market.look(
        money.late.made_elsewhere, book=member.book, of_book=member.book, order_id=page.order_id
    )
    invoice = await house(request).market.look(
        trade.invoicing.invoice, book=member.book, of_book=member.book, order_id=page.order_id
    )
    wanted = None
    if invoice and is_unsealed:
        secret = house(request).secret
        wanted = invoices.unsealed(secret, page.book, page.order_id, invoice.sealed)
    is_open = page.state == "awaiting_payment"
    shown = {
        "page": page, "number": spoken(page.order_number), "state": state_said(page.state, words),
        "delivery": delivery_said(page.delivery, words), "facts": facts,
        "buyer": f"{facts.buyer_id % BUYER_DIGITS:04}",
        "names": [names_of_line(line, words) for line in page.lines],
        "path": timeline(facts, cases, elsewhere, names, words),
        "cases": [(each.case, kind_said(each.kind, words)) for each in cases],
        "way_on": way_on(page) if "shipping" in member.permissions else "",
        "may_see_cases": "after_sale" in member.permissions, "is_open": is_open,
        "may_move": page.state == "paid" and page.delivery == "parcel",
        "moved_at": page.moved_at[-1] if page.moved_at else None,
        "may_lower": is_open and not facts.is_paying and page.total_fen > 0,
        "invoice": invoice, "wanted": wanted,
        "characters_max": NOTE_CHARACTERS_MAX, "key": str(uuid4()),
        "notice": notice(request, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show_console(request, "console/orders/page.html", shown, status=status)


def way_on(page: OrderPage) -> str:
    """Give where what is paid is sent or brought; nothing where there is nothing to do."""
    is_to_do = page.state in {"paid", "partly_shipped", "shipped"}
    desks = {"parcel": "/console/shipping", "same_city": "/console/same-city"}
    desk = desks.get(page.delivery, "")
    return f"{desk}/{page.order_id}" if desk and is_to_do else ""


async def find_order(request: Asked, order: str) -> tuple[OrderPage, ShopFacts]:
    """Find an order of the shop where the member works."""
    member, market = staff_of(request), house(request).market
    assert member.shop is not None, "the route is of a shop"
    page = await market.look(
        trade.views.order, book=member.book, shop=member.shop.shop, order=order
    )
    facts = await market.look(trade.selling.facts, book=member.book, order=order)
    if page is None or facts is None:
        raise NotFoundException
    return page, facts


async def names_of(request: Asked, facts: ShopFacts) -> dict[int, str]:
    """Give how those are called who did something about an order."""
    doers = {each.actor_id for each in facts.steps} - {0, facts.buyer_id}
    doers |= {each.actor_id for each in facts.moved} - {facts.buyer_id}
    doers |= {each.staff_id for each in facts.notes} | {each.staff_id for each in facts.lowered}
    if not doers:
        return {}
    found = await house(request).market.look(
        staff.views.names, book=MARKET, staff_ids=sorted(doers)
    )
    return {each.staff_id: each.name for each in found}
