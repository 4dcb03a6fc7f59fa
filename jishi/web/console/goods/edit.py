"""The form of a product: new or known, refused with every place marked, saved whole."""

from uuid import uuid4

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import goods
from jishi.goods import desk
from jishi.kernel import Refused, new_id, new_public_id
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, language_of, number, text
from jishi.web.console.frame import done, show_console
from jishi.web.console.goods.form import AXES, BLANK_ROWS, product_of
from jishi.web.console.goods.said import choices_of_return, marks_of, places
from jishi.web.console.goods.values import values_of
from jishi.web.member import staff_of
from jishi.web.policy import staff

FORM_BYTES_MAX = 2 * 1024 * 1024
CATEGORIES_MAX = 500


@get("/console/goods/new", opt=staff("goods"))
async def fresh(request: Asked) -> Response[bytes]:
    """Show an empty form."""
    return await show_form(request, None)


@get("/console/goods/{product_id:int}", opt=staff("goods"))
async def edit(request: Asked, product_id: FromPath[int]) -> Response[bytes]:
    """Show a product's form."""
    return await show_form(request, await find(request, product_id))


async def find(request: Asked, product_id: int) -> desk.FormProduct:
    """Give a product of the member's shop; another shop's is not there."""
    book = staff_of(request).book
    found = None
    if abs(product_id) < 2**63:
        found = await house(request).market.look(desk.form, book=book, product_id=product_id)
    if found is None:
        raise NotFoundException
    return found


@post("/console/goods", opt=staff("goods"), status_code=303, request_max_body_size=FORM_BYTES_MAX)
async def create(request: Asked) -> Response[bytes]:
    """Save a new product."""
    return await save_form(request, None)


@post(
    "/console/goods/{product_id:int}", opt=staff("goods"), status_code=303,
    request_max_body_size=FORM_BYTES_MAX,
)  # fmt: skip
async def save(request: Asked, product_id: FromPath[int]) -> Response[bytes]:
    """Save a known product."""
    return await save_form(request, await find(request, product_id))


async def save_form(request: Asked, known: desk.FormProduct | None) -> Response[bytes]:
    """Ask for what the form says; show it again with every place marked, if refused."""
    form = await request.form()
    product, bad = product_of(form, known)
    if not product.handle and known is None:
        product = msgspec.structs.replace(product, handle=f"p{new_id():x}")
    if bad.fields:
        return await show_form(request, known, form, Refused("lines_rejected"), bad.fields)
    member = staff_of(request)
    revision = number(text(form, "revision"), 0)
    answer = await house(request).market.ask(request_of(member.book, member.staff_id, product,
        known.product_id if known else 0, revision), wait=1)  # fmt: skip
    _ = house(request).engine.words[language_of(request)].say
    if isinstance(answer, Refused):
        return await show_form(request, known, form, answer, places(answer))
    return done(request, f"/console/goods/{answer.subject_id}", _("已保存。"))


def request_of(
    book: int, staff_id: int, product: goods.ListedProduct, product_id: int, revision: int
) -> goods.SaveProduct:
    """Give the request with enough ids."""
    needed = range(goods.names_needed([product]))
    return goods.SaveProduct(
        key=uuid4(), book=book, actor_id=staff_id, product_id=product_id, revision=revision,
        product=product, ids=tuple(new_id() for _ in needed),
        public_ids=tuple(new_public_id() for _ in needed),
    )  # fmt: skip


async def show_form(
    request: Asked,
    known: desk.FormProduct | None,
    form: FormMultiDict | None = None,
    refused: Refused | None = None,
    marked: dict[str, str] | None = None,
) -> Response[bytes]:
    """Show the form as it was filled in, or as the product is."""
    book = staff_of(request).book
    words = house(request).engine.words[language_of(request)]
    given = values_of(known) if form is None else {
        **values_of(None), **{key: text(form, key) for key in form},
    }  # fmt: skip
    rows = sum(1 for key in given if key.endswith(".price"))
    blanks = BLANK_ROWS if form is None else 0
    page = {
        "known": known, "given": given, "marks": marks_of(marked or {}, words), "axes": AXES,
        "sku_rows": range(max(rows + blanks, BLANK_ROWS)),
        "image_rows": range(sum(1 for key in given if key.endswith(".source"))),
        "digests": {each.source: each.digest for each in known.images} if known else {},
        "free": {str(each.sku_id): each for each in known.skus} if known else {},
        "returns": choices_of_return(words),
        "categories": await house(request).market.look(
            desk.categories, book=book, categories_max=CATEGORIES_MAX
        ),
        "notice": notice(request, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show_console(request, "console/goods/form.html", page, status=status)
