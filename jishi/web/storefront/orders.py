"""A visitor's orders: placing one, seeing it, cancelling it, and all of them."""

from datetime import UTC, datetime
from uuid import UUID, uuid5

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.exceptions import NotFoundException, ValidationException
from litestar.params import FromPath

from jishi import money, trade
from jishi.goods.views import ProductPage
from jishi.kernel import Refused, new_id, new_public_id
from jishi.pages.formats import minutes_left
from jishi.trade.views import OrderPage, OrderRow
from jishi.web.answer import go_to, notice, show, status_of
from jishi.web.asked import Asked, house, language_of, number, text
from jishi.web.policy import VISITOR
from jishi.web.storefront.checkout import show_checkout
from jishi.web.storefront.lists import before_of
from jishi.web.storefront.product import find_book, find_product, show_product
from jishi.web.storefront.said import names_of_line, path_of, said_of, tone_of
from jishi.web.visitor import token, visitor_of, welcome

ORDERS = 20
CLOSE_SECONDS_MAX = 3
CANCELLATIONS = UUID("5f0d5e9c-8a3b-4c0e-9d5a-6a6973686901")
"""The namespace of cancellations' keys: an order is cancelled once, however often it is asked."""


@post("/shops/{shop:str}/orders", opt=VISITOR, status_code=303)
async def place(request: Asked, shop: FromPath[str]) -> Response[bytes]:
    """Place an order, then send the visitor to it; a refusal shows what can be done."""
    form = await request.form()
    product = text(form, "product")
    book = await find_book(request, shop, product)
    visitor, cookies = welcome(request)
    market, sku_id = house(request).market, number(text(form, "sku"), 0)
    offers = await market.look(trade.views.offers, books=[book], sku_ids=[sku_id])
    store_id = offers[0].store_id if offers else 1
    answer = await market.ask(
        trade.PlaceOrder(
            key=key_of(form),
            book=book,
            actor_id=visitor,
            order_id=new_id(),
            public_id=new_public_id(),
            lines=(
                trade.Line(
                    sku_id,
                    number(text(form, "quantity"), 0),
                    number(text(form, "seen"), -1),
                ),
            ),
            destination=trade.Destination("pickup", store_id=store_id),
            seen_freight_fen=0,
            remark=text(form, "remark"),
        )
    )
    if isinstance(answer, Refused):
        page = await find_product(request, shop, product)
        return show_refused(request, page, form, answer)
    assert isinstance(answer, trade.OrderPlaced)
    return go_to(f"/shops/{shop}/orders/{answer.public_id}", cookies)


def key_of(form: FormMultiDict) -> UUID:
    """Read the key that the form was made with."""
    try:
        return UUID(text(form, "key"))
    except ValueError as error:
        raise ValidationException from error


def show_refused(
    request: Asked, page: ProductPage, form: FormMultiDict, refused: Refused
) -> Response[bytes]:
    """Show why there is no order: the form as it was filled in, or the product if that is gone."""
    sku = next((each for each in page.skus if str(each.sku_id) == text(form, "sku")), None)
    quantity = number(text(form, "quantity"), 1)
    if refused.reason in {"out_of_stock", "not_for_sale"} or sku is None:
        wanted = sku.options if sku else ()
        return show_product(request, page, wanted=wanted, quantity=quantity, refused=refused)
    seen_fen = number(text(form, "seen"), 0)
    return show_checkout(
        request,
        page,
        sku,
        quantity=quantity,
        remark=text(form, "remark"),
        key="" if refused.is_final else text(form, "key"),
        old_fen=seen_fen if seen_fen != sku.price_fen else 0,
        refused=refused,
    )


@get("/shops/{shop:str}/orders/{order:str}", opt=VISITOR, name="order")
async def order(request: Asked, shop: FromPath[str], order: FromPath[str]) -> Response[bytes]:
    """Show an order to whoever placed it; to anybody else it is not there."""
    return await show_order(request, await find_order(request, shop, order))


async def find_order(request: Asked, shop: FromPath[str], order: FromPath[str]) -> OrderPage:
    """Give the visitor's order by its address."""
    visitor = visitor_of(request)
    if not visitor:
        raise NotFoundException
    found = await house(request).market.look(
        trade.views.order, person=visitor, shop=shop, order=order
    )
    if found is None:
        raise NotFoundException
    return found


async def show_order(
    request: Asked, page: OrderPage, *, refused: Refused | None = None
) -> Response[bytes]:
    """Show an order: where it stands, what is in it, how it came there."""
    words = house(request).engine.words[language_of(request)]
    is_open = page.state == "awaiting_payment"
    answer = token(request) if is_open else None
    shown = {
        "page": page,
        "said": said_of(page.state, words),
        "minutes": minutes_left(page.pay_until, datetime.now(UTC)) if is_open else 0,
        "names": [names_of_line(line, words) for line in page.lines],
        "path": path_of(page.steps, words),
        "may_cancel": is_open,
        "may_pay": is_open and await money.gateway.ready() is not None,
        "token": answer.value if answer else "",
        "notice": notice(request, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    cookies = answer.cookies if answer else ()
    return show(request, "order.html", shown, status=status, cookies=cookies)


@post("/shops/{shop:str}/orders/{order:str}/cancellation", opt=VISITOR, status_code=303)
async def cancellation(
    request: Asked, shop: FromPath[str], order: FromPath[str]
) -> Response[bytes]:
    """Cancel an order; it is shown closed, because what follows is waited for."""
    page = await find_order(request, shop, order)
    answer = await house(request).market.ask(
        trade.CancelOrder(
            key=uuid5(CANCELLATIONS, page.order),
            book=page.book,
            actor_id=visitor_of(request),
            order_id=page.order_id,
        ),
        wait=CLOSE_SECONDS_MAX,
    )
    if isinstance(answer, Refused):
        return await show_order(request, page, refused=answer)
    return go_to(f"/shops/{page.shop}/orders/{page.order}")


@get("/orders", opt=VISITOR)
async def my_orders(request: Asked) -> Response[bytes]:
    """Show all orders of this visitor, newest first."""
    visitor = visitor_of(request)
    rows: list[OrderRow] = []
    if visitor:
        rows = await house(request).market.look(
            trade.views.my_orders, person=visitor, buyer_id=visitor, before=before_of(request),
            orders_max=ORDERS + 1,
        )  # fmt: skip
    words = house(request).engine.words[language_of(request)]
    shown = rows[:ORDERS]
    page = {
        "rows": shown,
        "states": [(said_of(row.state, words).said, tone_of(row.state)) for row in shown],
        "next": f"/orders?before={shown[-1].order_id}" if len(rows) > ORDERS else "",
    }
    return show(request, "orders.html", page)
