"""What staff do about an order: one act each, once for each form."""

from litestar import Response, post
from litestar.datastructures import FormMultiDict
from litestar.exceptions import ValidationException
from litestar.params import FromPath

from jishi import trade
from jishi.kernel import Refused, Request
from jishi.trade.views import OrderPage
from jishi.web.asked import Asked, house, key_of, language_of, text
from jishi.web.console.after_sale.deeds import fen
from jishi.web.console.frame import done
from jishi.web.console.orders.page import find_order, show_order
from jishi.web.member import Member, staff_of
from jishi.web.policy import staff

FOLLOWED_SECONDS_MAX = 3


@post("/console/orders/{order:str}", opt=staff("orders"), status_code=303)
async def do_deed(request: Asked, order: FromPath[str]) -> Response[bytes]:
    """Do what the form says; a refusal shows the order with the reason."""
    page, _facts = await find_order(request, order)
    asked = asked_of(await request.form(), page, staff_of(request))
    if asked is None:
        raise ValidationException
    answer = await house(request).market.ask(asked, wait=FOLLOWED_SECONDS_MAX)
    if isinstance(answer, Refused):
        return await show_order(request, order, answer)
    if isinstance(answer, trade.InvoiceShown):
        return await show_order(request, order, is_unsealed=True)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, f"/console/orders/{order}", _("已处理。"))


def asked_of(form: FormMultiDict, page: OrderPage, member: Member) -> Request | None:
    """Give the request that a form is."""
    key, book, actor_id, order_id = key_of(form), page.book, member.staff_id, page.order_id
    match text(form, "deed"):
        case "note":
            note = text(form, "note").strip()
            return trade.NoteOrder(
                key=key, book=book, actor_id=actor_id, order_id=order_id, note=note
            )
        case "show_invoice":
            return trade.ShowInvoice(key=key, book=book, actor_id=actor_id, order_id=order_id)
        case "issue_invoice":
            typed = "".join(text(form, "invoice_number").split())
            return trade.IssueInvoice(
                key=key, book=book, actor_id=actor_id, order_id=order_id, invoice_number=typed
            )
        case "call_off":
            return trade.CallOffOrder(key=key, book=book, actor_id=actor_id, order_id=order_id)
        case "lower":
            return trade.ChangePrice(
                key=key, book=book, actor_id=actor_id, order_id=order_id,
                paid_fen=tuple(fen(text(form, f"paid{line.number}")) for line in page.lines),
                freight_fen=fen(text(form, "freight")),
            )  # fmt: skip
        case _:
            return None
