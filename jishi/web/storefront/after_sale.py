"""After-sale for a buyer: asking, seeing where it stands, sending back, calling the market."""

from uuid import UUID, uuid4, uuid5

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import after_sale, fulfilment
from jishi.after_sale.views import CasePage
from jishi.kernel import Refused, Request, new_id, new_public_id
from jishi.trade.views import OrderPage
from jishi.web.answer import go_to, notice, status_of
from jishi.web.asked import Asked, house, key_of, language_of, number, text
from jishi.web.person import find_own, shopper_of
from jishi.web.photographs import PHOTOGRAPHS_BYTES_MAX, keep_photographs
from jishi.web.policy import VISITOR, VISITOR_FILES
from jishi.web.storefront.after_sale_said import kind_said, reasons_said, state_said, step_said
from jishi.web.storefront.orders import find_order
from jishi.web.storefront.shown import show
from jishi.web.visitor import token

DEEDS = UUID("5f0d5e9c-8a3b-4c0e-9d5a-6a6973686911")
"""The namespace of keys for what is done once to a case."""


@get("/shops/{shop:str}/orders/{order:str}/after-sale", opt=VISITOR)
async def ask(request: Asked, shop: FromPath[str], order: FromPath[str]) -> Response[bytes]:
    """Show the form to ask for a refund, a return or an exchange of a line."""
    page = await find_order(request, shop, order)
    return await show_form(request, page, {"line": request.query_params.get("line", "1")})


async def show_form(
    request: Asked, page: OrderPage, filled: dict[str, str], refused: Refused | None = None
) -> Response[bytes]:
    """Show the form, as it was filled in."""
    position = number(filled.get("line", ""), 0)
    line = next((each for each in page.lines if each.number == position), None)
    if line is None or page.state not in after_sale.rules.SHIPPED | after_sale.rules.UNSHIPPED:
        raise NotFoundException
    sent = await units_sent(request, page, position)
    is_shipped = after_sale.rules.is_sent(page.state, sent)
    words, answer = house(request).engine.words[language_of(request)], token(request)
    kinds = after_sale.rules.kinds(is_shipped=is_shipped)
    may = {
        reason for kind in kinds for reason in after_sale.rules.reasons(kind, is_shipped=is_shipped)
    }
    shown = {
        "page": page,
        "line": line,
        "kinds": [(kind, kind_said(kind, words)) for kind in kinds],
        "reasons": [each for each in reasons_said(words).items() if each[0] in may],
        "is_shipped": is_shipped,
        "filled": {"kind": "refund_only", "reason": "", "quantity": "1", "story": "", **filled},
        "characters_max": after_sale.rules.TEXT_CHARACTERS_MAX,
        "key": filled.get("key") or str(uuid4()),
        "token": answer.value,
        "notice": notice(request, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    return show(request, "after_sale_form.html", shown, status=status, cookies=answer.cookies)


async def units_sent(asked: Asked, page: OrderPage, position: int) -> int:
    """Give how many units of a line are in parcels."""
    parcels = await house(asked).market.look(
        fulfilment.parcels.views.parcels, person=shopper_of(asked), of_book=page.book,
        order_id=page.order_id,
    )  # fmt: skip
    return sum(
        line.quantity for each in parcels for line in each.lines if line.position == position
    )


@post(
    "/shops/{shop:str}/orders/{order:str}/after-sale", opt=VISITOR_FILES, status_code=303,
    request_max_body_size=PHOTOGRAPHS_BYTES_MAX,
)  # fmt: skip
async def open_case(request: Asked, shop: FromPath[str], order: FromPath[str]) -> Response[bytes]:
    """Open a case and lead to it; a refusal shows the form as it was filled in.

    The case stands when a photograph cannot be read: its page says so, and takes another.
    """
    page, form = await find_order(request, shop, order), await request.form()
    filled = {name: text(form, name) for name in ("line", "kind", "reason", "quantity", "story")}
    answer = await house(request).market.ask(
        after_sale.OpenCase(
            key=key_of(form),
            book=page.book,
            actor_id=shopper_of(request),
            case_id=new_id(),
            public_id=new_public_id(),
            order_id=page.order_id,
            position=number(filled["line"], 0),
            quantity=number(filled["quantity"], 0),
            kind=filled["kind"],
            reason=filled["reason"],
            story=filled["story"],
            wanted_fen=0,
        )
    )
    if isinstance(answer, Refused):
        return await show_form(request, page, filled, answer)
    rows = await house(request).market.look(
        after_sale.views.of_order, person=shopper_of(request), of_book=page.book,
        order_id=page.order_id,
    )  # fmt: skip
    made = next(each for each in rows if each.case_id == answer.subject_id)
    opened = await find_case(request, shop, made.case)
    if refused := await keep_photographs(request, opened, form, "buyer", shopper_of(request)):
        return show_case(request, await find_case(request, shop, made.case), refused)
    return go_to(f"/shops/{shop}/after-sale/{made.case}")


@get("/shops/{shop:str}/after-sale/{case:str}", opt=VISITOR)
async def case(request: Asked, shop: FromPath[str], case: FromPath[str]) -> Response[bytes]:
    """Show a case to its buyer; to anybody else it is not there."""
    return show_case(request, await find_case(request, shop, case))


async def find_case(request: Asked, shop: str, case: str) -> CasePage:
    """Give the shopper's case by its address."""
    found = await find_own(request, after_sale.views.case, shop=shop, case=case)
    if found is None:
        raise NotFoundException
    return found


def show_case(request: Asked, page: CasePage, refused: Refused | None = None) -> Response[bytes]:
    """Show where a case stands, what was done and said, and what may be done now."""
    words, answer = house(request).engine.words[language_of(request)], token(request)
    may_step = after_sale.rules.may_step
    shown = {
        "page": page,
        "said": state_said(page, words),
        "kind": kind_said(page.kind, words),
        "reason": reasons_said(words).get(page.reason, ""),
        "path": [(step_said(each, words), each.at, each.note) for each in page.steps],
        "may_withdraw": may_step(page.state, "closed", "buyer"),
        "may_escalate": may_step(page.state, "dispute", "buyer"),
        "may_send": may_step(page.state, "seller_to_receive", "buyer"),
        "may_show": page.state not in after_sale.rules.FINAL,
        "characters_max": after_sale.rules.PARCEL_CHARACTERS_MAX,
        "token": answer.value,
        "notice": notice(request, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    return show(request, "after_sale.html", shown, status=status, cookies=answer.cookies)


async def _do(request: Asked, page: CasePage, deed: Request) -> Response[bytes]:
    answer = await house(request).market.ask(deed)
    if isinstance(answer, Refused):
        return show_case(request, await find_case(request, page.shop, page.case), answer)
    return go_to(f"/shops/{page.shop}/after-sale/{page.case}")


@post("/shops/{shop:str}/after-sale/{case:str}/withdrawal", opt=VISITOR, status_code=303)
async def withdraw_case(
    request: Asked, shop: FromPath[str], case: FromPath[str]
) -> Response[bytes]:
    """Let the case go."""
    page = await find_case(request, shop, case)
    deed = after_sale.WithdrawCase(
        key=uuid5(DEEDS, f"withdraw {page.case}"), book=page.book,
        actor_id=shopper_of(request), case_id=page.case_id,
    )  # fmt: skip
    return await _do(request, page, deed)


@post("/shops/{shop:str}/after-sale/{case:str}/dispute", opt=VISITOR, status_code=303)
async def dispute(request: Asked, shop: FromPath[str], case: FromPath[str]) -> Response[bytes]:
    """Ask the market to decide."""
    page = await find_case(request, shop, case)
    deed = after_sale.EscalateCase(
        key=uuid4(), book=page.book, actor_id=shopper_of(request), case_id=page.case_id,
        doer="buyer", note="",
    )  # fmt: skip
    return await _do(request, page, deed)


@post("/shops/{shop:str}/after-sale/{case:str}/parcel", opt=VISITOR, status_code=303)
async def parcel(request: Asked, shop: FromPath[str], case: FromPath[str]) -> Response[bytes]:
    """Tell of the parcel that the goods come back in."""
    page, form = await find_case(request, shop, case), await request.form()
    deed = after_sale.SendBack(
        key=uuid4(), book=page.book, actor_id=shopper_of(request), case_id=page.case_id,
        carrier=text(form, "carrier"), tracking_number=text(form, "tracking_number"),
    )  # fmt: skip
    return await _do(request, page, deed)
