"""A category's page: its goods, newest first."""

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi.goods import views
from jishi.web.answer import show
from jishi.web.asked import Asked, house
from jishi.web.policy import PUBLIC
from jishi.web.storefront.lists import CARDS, before_of, page_of


@get("/shops/{shop:str}/categories/{category:str}", opt=PUBLIC, name="category")
async def category(request: Asked, shop: FromPath[str], category: FromPath[str]) -> Response[bytes]:
    """Show a category."""
    market = house(request).market
    head = await market.look(views.category, shop=shop, category=category)
    if head is None:
        raise NotFoundException
    cards = await market.look(
        views.category_cards, of_book=head.book, category_id=head.category_id,
        before=before_of(request), cards_max=CARDS + 1,
    )  # fmt: skip
    path = f"/shops/{head.shop}/categories/{head.category}"
    return show(request, "category.html", {"head": head, **page_of(cards, path)})
