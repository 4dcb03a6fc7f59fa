"""The invoice of an order: its buyer says what is to be on it, and sees when it is issued."""

from uuid import uuid4

from litestar import Response, get, post
from litestar.params import FromPath

from jishi import trade
from jishi.kernel import Refused
from jishi.trade.invoicing import rules
from jishi.trade.views import OrderPage
from jishi.web import invoices
from jishi.web.answer import go_to, notice, status_of
from jishi.web.asked import Asked, house, key_of, text
from jishi.web.invoices import Wanted
from jishi.web.person import shopper_of
from jishi.web.policy import VISITOR
from jishi.web.storefront.orders import find_order
from jishi.web.storefront.shown import show
from jishi.web.visitor import token


@get("/shops/{shop:str}/orders/{order:str}/invoice", opt=VISITOR)
async def invoice(request: Asked, shop: FromPath[str], order: FromPath[str]) -> Response[bytes]:
    """Show the form, with what was asked for before; or the invoice that was issued."""
    return await show_invoice(request, await find_order(request, shop, order))


async def show_invoice(
    request: Asked, page: OrderPage, kind: str = "", wanted: Wanted | None = None,
    refused: Refused | None = None,
) -> Response[bytes]:  # fmt: skip
    """Show the form as it was filled in, or as it was sent before."""
    found = await house(request).market.look(
        trade.invoicing.invoice, person=shopper_of(request), of_book=page.book,
        order_id=page.order_id,
    )  # fmt: skip
    if found and wanted is None:
        kind = found.kind
        wanted = invoices.unsealed(house(request).secret, page.book, page.order_id, found.sealed)
    answer = token(request)
    shown = {
        "page": page, "invoice": found, "kind": kind or rules.KINDS[0],
        "wanted": wanted or Wanted(""), "may_ask": page.state in rules.STATES,
        "title_max": rules.TITLE_CHARACTERS_MAX, "mail_max": rules.MAIL_CHARACTERS_MAX,
        "key": str(uuid4()), "token": answer.value,
        "notice": notice(request, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show(request, "invoice.html", shown, status=status, cookies=answer.cookies)


@post("/shops/{shop:str}/orders/{order:str}/invoice", opt=VISITOR, status_code=303)
async def ask_invoice(request: Asked, shop: FromPath[str], order: FromPath[str]) -> Response[bytes]:
    """Ask for the invoice that the form describes."""
    page, form = await find_order(request, shop, order), await request.form()
    kind = text(form, "kind")
    wanted = Wanted(
        text(form, "title").strip(), "".join(text(form, "tax_number").split()).upper(),
        text(form, "mail").strip(),
    )  # fmt: skip
    refused = invoices.reason_against(kind, wanted)
    if refused is None:
        secret = house(request).secret
        answer = await house(request).market.ask(
            trade.AskInvoice(
                key=key_of(form), book=page.book, actor_id=shopper_of(request),
                order_id=page.order_id, kind=kind,
                sealed=invoices.sealed(secret, page.book, page.order_id, wanted),
            )
        )  # fmt: skip
        refused = answer if isinstance(answer, Refused) else None
    if refused:
        return await show_invoice(request, page, kind, wanted, refused)
    return go_to(f"/shops/{page.shop}/orders/{page.order}/invoice")
