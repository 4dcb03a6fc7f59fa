"""Photographs of a case at the desk: what the buyer shows, and what the shop shows him."""

from litestar import Response, get, post
from litestar.params import FromPath

from jishi import after_sale
from jishi.web.asked import Asked, house, language_of
from jishi.web.console.after_sale.queue import find_case, show_case
from jishi.web.console.frame import done
from jishi.web.member import staff_of
from jishi.web.photographs import PHOTOGRAPHS_BYTES_MAX, given, is_small, keep_photographs
from jishi.web.policy import staff


@post(
    "/console/after-sale/{case:str}/photographs", opt={**staff("after_sale"), "form": "files"},
    status_code=303, request_max_body_size=PHOTOGRAPHS_BYTES_MAX,
)  # fmt: skip
async def show_photographs(request: Asked, case: FromPath[str]) -> Response[bytes]:
    """Show photographs in a case, for the shop."""
    page, _facts = await find_case(request, case)
    form, member = await request.form(), staff_of(request)
    refused = await keep_photographs(request, page, form, "seller", member.staff_id)
    if refused:
        return await show_case(request, case, refused)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, f"/console/after-sale/{case}", _("照片已上传。"))


@get("/console/after-sale/{case:str}/photographs/{shown:int}", opt=staff("after_sale"))
async def photograph(request: Asked, case: FromPath[str], shown: FromPath[int]) -> Response[bytes]:
    """Give a photograph of a case of the shop."""
    page, _facts = await find_case(request, case)
    found = await house(request).market.look(
        after_sale.views.photograph, book=page.book, of_book=page.book, case_id=page.case_id,
        number=shown, is_small=is_small(request),
    )  # fmt: skip
    return given(found)
