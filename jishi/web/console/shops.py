"""An operator chooses the shop in which he works."""

from litestar import Response, get, post
from litestar.exceptions import NotFoundException

from jishi import goods
from jishi.web.answer import go_to
from jishi.web.asked import Asked, house, number, text
from jishi.web.console.frame import show_console
from jishi.web.member import choice, staff_of
from jishi.web.policy import staff
from jishi.web.storefront.language import own_path

SHOPS = 20


@get("/console/shops", opt=staff())
async def shops(request: Asked) -> Response[bytes]:
    """Show the shops, a page at a time."""
    if not staff_of(request).is_operator:
        raise NotFoundException
    after = number(request.query_params.get("after", ""), 0)
    found = await house(request).market.look(
        goods.views.shops_after, after=after, shops_max=SHOPS + 1
    )
    shown = found[:SHOPS]
    page = {
        "shops": shown,
        "back": own_path(request.query_params.get("back", "/console")),
        "next": f"/console/shops?after={shown[-1].book}" if len(found) > SHOPS else "",
    }
    return show_console(request, "console/shops.html", page)


@post("/console/shops", opt=staff(), status_code=303)
async def choose_shop(request: Asked) -> Response[bytes]:
    """Remember the shop."""
    form = await request.form()
    book = number(text(form, "book"), 0)
    shop = await house(request).market.look(goods.views.shop_of_book, of_book=book)
    if not staff_of(request).is_operator or shop is None:
        raise NotFoundException
    return go_to(own_path(text(form, "back") or "/console"), [choice(request, book)])
