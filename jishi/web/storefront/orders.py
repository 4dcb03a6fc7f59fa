"""An order of a shopper: seeing it, cancelling it, ordering the same again."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID, uuid4, uuid5

import msgspec
from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import after_sale, fulfilment, money, people, trade
from jishi.kernel import MARKET, Refused
from jishi.pages.formats import minutes_left
from jishi.trade import CartLine
from jishi.trade.invoicing.rules import STATES as INVOICED
from jishi.trade.views import OrderPage
from jishi.web import couriers
from jishi.web.answer import go_to, notice, status_of
from jishi.web.asked import Asked, house, key_of, language_of
from jishi.web.couriers import Courier
from jishi.web.person import find_own, shopper_of, shopper_or_new
from jishi.web.policy import VISITOR
from jishi.web.storefront import bringing
from jishi.web.storefront.after_sale_said import kind_said
from jishi.web.storefront.baskets import as_they_stand
from jishi.web.storefront.cart import GONE, counting
from jishi.web.storefront.logistics import tracked_of
from jishi.web.storefront.purchase import together_of
from jishi.web.storefront.said import names_of_line, path_of, said_of, spoken
from jishi.web.storefront.shown import show
from jishi.web.storefront.voucher import shown_voucher
from jishi.web.visitor import token

CLOSE_SECONDS_MAX = 3
RECEIPTS = UUID("7d9b1f0a-52c8-4a0e-9c62-6a6973686922")
"""The namespace of keys for a receipt: an order is received once."""


@get("/shops/{shop:str}/orders/{order:str}", opt=VISITOR, name="order")
async def order(request: Asked, shop: FromPath[str], order: FromPath[str]) -> Response[bytes]:
    """Show an order to whoever placed it; to anybody else it is not there."""
    return await show_order(request, await find_order(request, shop, order))


async def find_order(request: Asked, shop: FromPath[str], order: FromPath[str]) -> OrderPage:
    """Give the shopper's order by its address."""
    found = await find_own(request, trade.views.order, shop=shop, order=order)
    if found is None:
        raise NotFoundException
    return found


async def show_order(
    request: Asked, page: OrderPage, *, refused: Refused | None = None
) -> Response[bytes]:
    """Show an order: where it stands, what is in it, how it came there."""
    words = house(request).engine.words[language_of(request)]
    is_open = page.state == "awaiting_payment"
    answer = token(request)
    cases = await house(request).market.look(
        after_sale.views.of_order, person=shopper_of(request), of_book=page.book,
        order_id=page.order_id,
    )  # fmt: skip
    elsewhere = await house(request).market.look(
        money.late.made_elsewhere, book=page.book, of_book=page.book, order_id=page.order_id
    )
    shown = {
        "page": page,
        "whole": await together_of(request, page),
        "said": said_of(page.state, words, page.steps),
        "minutes": minutes_left(page.pay_until, datetime.now(UTC)) if is_open else 0,
        "names": [names_of_line(line, words) for line in page.lines],
        "path": path_of(
            page.steps, words, cases, page.lowered_at, elsewhere, moved_at=page.moved_at
        ),
        "number": spoken(page.order_number),
        "key": str(uuid4()),
        "may_cancel": is_open,
        "may_invoice": page.state in INVOICED,
        "may_ask": page.state in after_sale.rules.SHIPPED | after_sale.rules.UNSHIPPED,
        "cases": [(each.case, kind_said(each.kind, words)) for each in cases],
        "may_pay": is_open and await money.gateway.ready() is not None,
        "token": answer.value,
        "voucher": await shown_voucher(request, page),
        "parcels": await tracked_of(request, page),
        "brought": await courier_of(request, page),
        "may_move": page.state == "paid" and page.delivery == "parcel",
        "may_confirm": page.state == "shipped",
        "address": await address_of(request, page),
        "notice": notice(request, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    return show(request, "order.html", shown, status=status, cookies=answer.cookies)


async def address_of(asked: Asked, page: OrderPage) -> people.Address | None:
    """Give where the shopper's own order goes."""
    if page.delivery == "pickup":
        return None
    its_house = house(asked)
    return await people.address(its_house.market, its_house.secret, page.buyer_id, page.address_id)


class BroughtBy(msgspec.Struct, frozen=True):
    """When an order went out, and who brings it while he is on his way."""

    sent_at: datetime
    courier: Courier | None


async def courier_of(asked: Asked, page: OrderPage) -> BroughtBy | None:
    """Give who brings the shopper's order, once it went out."""
    if page.delivery != bringing.SAME_CITY:
        return None
    found = await house(asked).market.look(
        fulfilment.same_city.views.brought, person=shopper_of(asked), of_book=page.book,
        order_id=page.order_id,
    )  # fmt: skip
    if found is None:
        return None
    secret = house(asked).secret
    who = found.sealed and couriers.unsealed(secret, page.book, page.order_id, found.sealed)
    return BroughtBy(found.sent_at, who or None)


@post("/shops/{shop:str}/orders/{order:str}/receipt", opt=VISITOR, status_code=303)
async def receipt(request: Asked, shop: FromPath[str], order: FromPath[str]) -> Response[bytes]:
    """Confirm that all of an order came."""
    page = await find_order(request, shop, order)
    answer = await house(request).market.ask(
        fulfilment.ConfirmReceipt(
            key=uuid5(RECEIPTS, page.order), book=page.book, actor_id=shopper_of(request),
            order_id=page.order_id,
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_order(request, page, refused=answer)
    return go_to(f"/shops/{page.shop}/orders/{page.order}")


@post("/shops/{shop:str}/orders/{order:str}/cancellation", opt=VISITOR, status_code=303)
async def cancellation(
    request: Asked, shop: FromPath[str], order: FromPath[str]
) -> Response[bytes]:
    """Cancel an order; it is shown closed, because what follows is waited for."""
    page = await find_order(request, shop, order)
    answer = await house(request).market.ask(
        trade.CancelOrder(
            key=uuid5(trade.CANCELLATIONS, page.order),
            book=page.book,
            actor_id=shopper_of(request),
            order_id=page.order_id,
        ),
        wait=CLOSE_SECONDS_MAX,
    )
    if isinstance(answer, Refused):
        return await show_order(request, page, refused=answer)
    return go_to(f"/shops/{page.shop}/orders/{page.order}")


@post("/shops/{shop:str}/orders/{order:str}/again", opt=VISITOR, status_code=303)
async def again(request: Asked, shop: FromPath[str], order: FromPath[str]) -> Response[bytes]:
    """Put what was bought in the cart once more, at today's prices; the cart says what is gone."""
    page, key = await find_order(request, shop, order), key_of(await request.form())
    holder, _cookies = await shopper_or_new(request)
    lines = await as_they_stand(
        request, [CartLine(page.book, line.sku_id, line.quantity, 0) for line in page.lines]
    )
    asked = [
        trade.PutInCart(
            key=uuid5(key, str(line.offer.sku_id)), book=MARKET, actor_id=holder,
            line=CartLine(page.book, line.offer.sku_id, line.quantity, line.offer.price_fen),
        )
        for line in lines
        if line.trouble not in GONE
    ]  # fmt: skip
    answers = await asyncio.gather(*map(house(request).market.ask, asked))
    counts = [each.lines_count for each in answers if isinstance(each, trade.PutIntoCart)]
    cookies = [counting(request, max(counts))] if counts else []
    return go_to(f"/cart?gone={len(page.lines) - len(counts)}", cookies)
