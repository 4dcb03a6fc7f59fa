"""A purchase over several shops: its orders, where each stands, and what all of them come to."""

from datetime import UTC, datetime
from uuid import uuid4

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import money, trade
from jishi.kernel import MARKET, Refused
from jishi.pages.formats import minutes_left
from jishi.trade.views import OrderPage, PaidTogether, PurchaseOrder, PurchasePage
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, language_of
from jishi.web.person import find_own
from jishi.web.policy import VISITOR
from jishi.web.storefront.said import said_of, tone_of
from jishi.web.storefront.shown import show
from jishi.web.visitor import token


@get("/purchases/{purchase:str}", opt=VISITOR, name="purchase")
async def purchase(request: Asked, purchase: FromPath[str]) -> Response[bytes]:
    """Show a purchase to whoever made it; to anybody else it is not there."""
    return await show_purchase(request, await find_purchase(request, purchase))


async def find_purchase(request: Asked, purchase: str) -> PurchasePage:
    """Give the shopper's purchase by its address."""
    found = await find_own(request, trade.views.purchase, of_book=MARKET, purchase=purchase)
    if found is None:
        raise NotFoundException
    return found


async def together_of(request: Asked, page: OrderPage) -> PaidTogether | None:
    """Give the purchase over several shops that an order is a part of."""
    if not page.purchase_id:
        return None
    return await find_own(
        request, trade.views.together, of_book=MARKET, purchase_id=page.purchase_id
    )


def unpaid_of(page: PurchasePage) -> list[PurchaseOrder]:
    """Give the orders of a purchase that are yet to be paid."""
    return [each for each in page.orders if each.state == "awaiting_payment" and each.total_fen]


def common(request: Asked, page: PurchasePage) -> dict[str, object]:
    """Give what every page of a purchase shows: its orders, and what is yet to be paid of them."""
    words = house(request).engine.words[language_of(request)]
    unpaid = unpaid_of(page)
    pay_until = min((each.pay_until for each in unpaid), default=page.opened_at)
    return {
        "page": page,
        "states": [(said_of(each.state, words).said, tone_of(each.state)) for each in page.orders],
        "total_fen": sum(each.total_fen for each in page.orders),
        "unpaid": len(unpaid),
        "unpaid_fen": sum(each.total_fen for each in unpaid),
        "pay_until": pay_until,
        "minutes": minutes_left(pay_until, datetime.now(UTC)) if unpaid else 0,
    }


async def show_purchase(
    request: Asked, page: PurchasePage, *, refused: Refused | None = None
) -> Response[bytes]:
    """Show a purchase, with the way to pay what is unpaid of it together."""
    answer = token(request)
    shown = common(request, page) | {
        "may_pay": await money.gateway.ready() is not None,
        "token": answer.value,
        "key": str(uuid4()),
        "notice": notice(request, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    return show(request, "purchase.html", shown, status=status, cookies=answer.cookies)
