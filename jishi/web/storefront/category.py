"""Categories: a rail of them all, and the goods of one, newest first."""

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi.goods import views
from jishi.web.asked import Asked, house
from jishi.web.policy import PUBLIC
from jishi.web.storefront.lists import CARDS, TILES_MAX, before_of, page_of
from jishi.web.storefront.shown import show


@get("/categories", opt=PUBLIC)
async def categories(request: Asked) -> Response[bytes]:
    """Show the first category that has something, beside the rail of all."""
    tiles = await house(request).market.look(views.categories, categories_max=TILES_MAX)
    if not tiles:
        empty: dict[str, object] = {"head": None, "rail": [], "cards": [], "next": ""}
        return show(request, "category.html", {**empty, "tab": "categories"})
    return await show_category(request, tiles[0].shop, tiles[0].category)


@get("/shops/{shop:str}/categories/{category:str}", opt=PUBLIC, name="category")
async def category(request: Asked, shop: FromPath[str], category: FromPath[str]) -> Response[bytes]:
    """Show a category."""
    return await show_category(request, shop, category)


async def show_category(request: Asked, shop: str, category: str) -> Response[bytes]:
    """Show a category's goods beside the rail of all categories."""
    market = house(request).market
    head = await market.look(views.category, shop=shop, category=category)
    if head is None:
        raise NotFoundException
    rail = await market.look(views.categories, categories_max=TILES_MAX)
    cards = await market.look(
        views.category_cards, of_book=head.book, category_id=head.category_id,
        before=before_of(request), cards_max=CARDS + 1,
    )  # fmt: skip
    path = f"/shops/{head.shop}/categories/{head.category}"
    page = {"head": head, "rail": rail, "tab": "categories", **page_of(cards, path)}
    return show(request, "category.html", page)
