"""A product's page: its pictures, price, choices and words."""

from collections.abc import Sequence

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi.evidence import Sight
from jishi.goods import views
from jishi.goods.views import ProductPage
from jishi.kernel import Refused
from jishi.trade.rules import QUANTITY_MAX
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, language_of
from jishi.web.policy import PUBLIC
from jishi.web.storefront.choices import axes_of, first_choice, for_script, offer_of
from jishi.web.storefront.shown import show
from jishi.web.storefront.terms import off_shelf, terms_of
from jishi.web.visits import saw

BOOKS_MAX = 10_000
"""Products whose book is remembered: a megabyte or two."""


@get("/shops/{shop:str}/products/{product:str}", opt=PUBLIC, name="product")
async def product(request: Asked, shop: FromPath[str], product: FromPath[str]) -> Response[bytes]:
    """Show a product; one that is off the shelf can still be read."""
    page = await find_product(request, shop, product)
    sight = Sight(
        type="product.view", object_type="product", book=page.book, object_id=page.product_id
    )
    saw(request, sight)
    return show_product(request, page)


async def find_product(request: Asked, shop: FromPath[str], product: FromPath[str]) -> ProductPage:
    """Give a product by its address."""
    found = await house(request).market.look(views.product, shop=shop, product=product)
    if found is None:
        raise NotFoundException
    books = house(request).books
    if len(books) >= BOOKS_MAX:
        books.clear()
    books[found.shop, found.product] = found.book
    return found


async def find_book(request: Asked, shop: str, product: str) -> int:
    """Give the book that a product is in: that never changes, so it is looked up once."""
    known = house(request).books.get((shop, product))
    return known or (await find_product(request, shop, product)).book


def show_product(
    request: Asked,
    page: ProductPage,
    *,
    wanted: Sequence[str] = (),
    quantity: int = 1,
    refused: Refused | None = None,
) -> Response[bytes]:
    """Show a product with what the reader chose, and why it may not be, if so."""
    words = house(request).engine.words[language_of(request)]
    chosen = first_choice(page.skus, wanted) if page.is_live else None
    shown = {
        "page": page,
        "pictures": [picture for picture in page.pictures if picture.digest],
        "body": words.pick(page.body_html, page.body_html_en),
        "offer": offer_of(chosen, words) if chosen else None,
        "axes": axes_of(page, wanted or chosen.options, words) if chosen else [],
        "choices": for_script(page.skus, words) if chosen else "",
        "is_sold_out": all(sku.free <= 0 for sku in page.skus),
        "terms": terms_of(page, words),
        "off_shelf": off_shelf(page, words),
        "has_compare": any(sku.compare_fen for sku in page.skus),
        "quantity": quantity,
        "is_put": refused is None and request.query_params.get("put") == "1",
        "quantity_max": min(QUANTITY_MAX, max((sku.free for sku in page.skus), default=1)),
        "notice": notice(request, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    return show(request, "product.html", shown, status=status)
