"""The cashier of a purchase: the orders of several shops are paid at once, and how that went."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4, uuid5

from litestar import Response, get, post
from litestar.params import FromPath

from jishi import money, trade
from jishi.kernel import Refused
from jishi.money.views import OpenPayment
from jishi.trade.pay_together import Payee, Together, combined_of
from jishi.trade.types import PurchasePart
from jishi.trade.views import PurchaseOrder, PurchasePage
from jishi.web.answer import go_to, notice, status_of
from jishi.web.asked import Asked, house, key_of, text
from jishi.web.person import shopper_of
from jishi.web.policy import VISITOR
from jishi.web.storefront.cashier import (
    WAIT_SECONDS_MAX,
    address_of,
    code_of,
    link_of,
    refreshes,
    sheet_of,
    way_of,
)
from jishi.web.storefront.purchase import common, find_purchase, show_purchase, unpaid_of
from jishi.web.storefront.shown import show
from jishi.web.storefront.sign_in_wechat import silent_way
from jishi.web.visitor import token

UNPAID = {"awaiting_payment", "closing", "closed"}
NOT_BEGUN_TO_END = {"awaiting_payment", "closed"}
STUCK = timedelta(seconds=30)
"""After so long without a code the shopper may begin anew."""


class Stand(NamedTuple):
    """Where paying together stands: a word, what is open of which order, and one of it."""

    word: str
    begun: dict[int, OpenPayment]
    attempt: OpenPayment | None = None


@post("/purchases/{purchase:str}/payment", opt=VISITOR, status_code=303)
async def start(request: Asked, purchase: FromPath[str]) -> Response[bytes]:
    """Begin to pay what is unpaid of a purchase, all at once."""
    page = await find_purchase(request, purchase)
    if silent := await silent_way(request, path_of(page)):
        return silent
    key = key_of(await request.form())
    refused = await begin(request, page, key, way_of(request))
    if refused and refused.reason != "payment_open":
        return await show_purchase(request, page, refused=refused)
    return go_to(path_of(page))


async def begin(request: Asked, page: PurchasePage, key: UUID, way: str) -> Refused | None:
    """Start the combined payment of a key; give the reason why not, or none."""
    settings = await money.gateway.ready()
    if settings is None:
        return Refused("paying_not_set_up")
    unpaid = unpaid_of(page)
    if len(unpaid) < money.rules.COMBINED_MIN:
        return Refused("nothing_to_pay_together")
    mchids = [await money.gateway.payee(each.book) for each in unpaid]
    if not all(mchids):
        return Refused("shop_cannot_be_paid")
    wish = Together(
        purchase_id=page.purchase_id,
        buyer_id=shopper_of(request),
        way=way,
        appid=settings.appid,
        mchid=mchids[0],
        payees=[
            Payee(PurchasePart(each.book, each.order_id), mchid)
            for each, mchid in zip(unpaid, mchids, strict=True)
        ],
    )
    if address := address_of(request):
        money.gateway.note_client(combined_of(key, wish).combined_id, address)
    return await trade.pay_together(house(request).market, key, wish, wait=WAIT_SECONDS_MAX)


@get("/purchases/{purchase:str}/payment", opt=VISITOR)
async def cashier(request: Asked, purchase: FromPath[str]) -> Response[bytes]:
    """Show by what the purchase is paid, or how that went."""
    return await show_cashier(request, await find_purchase(request, purchase))


@post("/purchases/{purchase:str}/payment/inquiry", opt=VISITOR, status_code=303)
async def inquiry(request: Asked, purchase: FromPath[str]) -> Response[bytes]:
    """Ask WeChat now whether it is paid, because the buyer says so; the answer is of all parts."""
    page = await find_purchase(request, purchase)
    key = key_of(await request.form())
    stand = await stand_of(request, page)
    for each in unpaid_of(page)[:1] if stand.begun else ():
        await house(request).market.ask(
            trade.LookForPayment(
                key=key, book=each.book, actor_id=shopper_of(request), order_id=each.order_id
            ),
            wait=WAIT_SECONDS_MAX,
        )
    return go_to(f"{path_of(page)}?asked=1")


@post("/purchases/{purchase:str}/payment/withdrawal", opt=VISITOR, status_code=303)
async def withdrawal(request: Asked, purchase: FromPath[str]) -> Response[bytes]:
    """Begin anew, in another way: what was begun is closed at WeChat first, as a whole."""
    page = await find_purchase(request, purchase)
    form = await request.form()
    stand = await stand_of(request, page)
    begun = [
        PurchasePart(each.book, each.order_id)
        for each in unpaid_of(page)
        if each.order_id in stand.begun
    ]
    market = house(request).market
    await trade.withdraw_parts(market, shopper_of(request), begun)
    page = await find_purchase(request, purchase)
    if len(unpaid_of(page)) < money.rules.COMBINED_MIN:
        return go_to(path_of(page))
    way, key = text(form, "way"), uuid5(key_of(form), "again")
    refused = await begin(request, page, key, way if way in money.rules.WAYS else "native")
    if refused:
        return await show_cashier(request, await find_purchase(request, purchase), refused)
    return go_to(path_of(page))


async def show_cashier(
    request: Asked, page: PurchasePage, refused: Refused | None = None
) -> Response[bytes]:
    """Show where the payment stands and what can be done; asks nobody outside."""
    stand = await stand_of(request, page)
    unpaid = unpaid_of(page)
    if len(unpaid) == 1 and not stand.begun:
        return go_to(f"/shops/{unpaid[0].shop}/orders/{unpaid[0].order}")
    answer = token(request)
    was_asked = "asked" in request.query_params
    attempt = stand.attempt
    shown = common(request, page) | {
        "path": path_of(page),
        "stand": stand.word,
        "may_restart": stand.word == "broken" or is_stuck(attempt),
        "code": code_of(attempt),
        "link": link_of(request, path_of(page), attempt),
        "sheet": await sheet_of(attempt, combiner_of(attempt)),
        "was_asked": was_asked,
        "is_refreshed": stand.word == "closing" or refreshes(attempt, was_asked),
        "token": answer.value,
        "key": str(uuid4()),
        "notice": notice(request, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    return show(request, "purchase_cashier.html", shown, status=status, cookies=answer.cookies)


async def stand_of(request: Asked, page: PurchasePage) -> Stand:
    """See what is open of each order, and say where the whole stands."""
    unpaid = unpaid_of(page)
    found = await asyncio.gather(*(open_of(request, each) for each in unpaid))
    begun = {each.order_id: attempt for each, attempt in zip(unpaid, found, strict=True) if attempt}
    return where(page.orders, begun)


async def open_of(request: Asked, order: PurchaseOrder) -> OpenPayment | None:
    """Give what is open to pay of an order."""
    return await house(request).market.look(
        money.views.open_payment, book=order.book, of_book=order.book, order_id=order.order_id
    )


def where(orders: Sequence[PurchaseOrder], begun: dict[int, OpenPayment]) -> Stand:
    """Say in a word where paying together stands; the page has a part for each."""
    states = {each.state for each in orders}
    unpaid = [each.order_id for each in orders if each.state == "awaiting_payment"]
    if not unpaid:
        word = "closing" if "closing" in states else "closed" if states <= UNPAID else "paid"
        return Stand(word, begun)
    if not begun:
        return Stand("unbegun", begun)
    attempt = next(iter(begun.values()))
    if attempt.combined is None:
        return Stand("broken", begun)
    named = {part.order_id for part in attempt.combined.parts}
    if any(each.order_id in named and each.state not in NOT_BEGUN_TO_END for each in orders):
        # A part is paid, so all are, and the others are being taken; or one is being given up.
        return Stand("closing", begun)
    ids = {each.attempt_id for each in begun.values()}
    if ids != {part.attempt_id for part in attempt.combined.parts}:
        return Stand("broken", begun)
    return Stand(attempt.way if attempt.code_url else "coming", begun, attempt)


def combiner_of(attempt: OpenPayment | None) -> int:
    """Give the book whose merchant combines what is open."""
    return attempt.combined.parts[0].book if attempt and attempt.combined else 0


def is_stuck(attempt: OpenPayment | None) -> bool:
    """Tell whether the code did not come for so long that nobody may be at it any more."""
    return (
        attempt is not None
        and not attempt.code_url
        and attempt.started_at + STUCK < datetime.now(UTC)
    )


def path_of(page: PurchasePage) -> str:
    """Give the cashier's address."""
    return f"/purchases/{page.purchase}/payment"
