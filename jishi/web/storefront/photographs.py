"""Photographs of an after-sale case: shown by its buyer, seen by him and by the shop alone."""

from litestar import Response, get, post
from litestar.params import FromPath

from jishi import after_sale
from jishi.web.answer import go_to
from jishi.web.asked import Asked, house
from jishi.web.person import shopper_of
from jishi.web.photographs import PHOTOGRAPHS_BYTES_MAX, given, is_small, keep_photographs
from jishi.web.policy import VISITOR, VISITOR_FILES
from jishi.web.storefront.after_sale import find_case, show_case


@post(
    "/shops/{shop:str}/after-sale/{case:str}/photographs", opt=VISITOR_FILES, status_code=303,
    request_max_body_size=PHOTOGRAPHS_BYTES_MAX,
)  # fmt: skip
async def show_photographs(
    request: Asked, shop: FromPath[str], case: FromPath[str]
) -> Response[bytes]:
    """Show photographs in a case; at the first that is refused the page says why."""
    page = await find_case(request, shop, case)
    refused = await keep_photographs(
        request, page, await request.form(), "buyer", shopper_of(request)
    )
    if refused:
        return show_case(request, await find_case(request, shop, case), refused)
    return go_to(f"/shops/{shop}/after-sale/{case}")


@get("/shops/{shop:str}/after-sale/{case:str}/photographs/{shown:int}", opt=VISITOR)
async def photograph(
    request: Asked, shop: FromPath[str], case: FromPath[str], shown: FromPath[int]
) -> Response[bytes]:
    """Give a photograph of the visitor's own case."""
    page = await find_case(request, shop, case)
    found = await house(request).market.look(
        after_sale.views.photograph, person=shopper_of(request), of_book=page.book,
        case_id=page.case_id, number=shown, is_small=is_small(request),
    )  # fmt: skip
    return given(found)
