"""The front page: the categories, and what is new."""

from litestar import Response, get

from jishi.goods import views
from jishi.web.asked import Asked, house
from jishi.web.policy import PUBLIC
from jishi.web.storefront.lists import CARDS, FIRST, TILES_MAX, before_of, page_of
from jishi.web.storefront.shown import show


@get("/", opt=PUBLIC)
async def home(request: Asked) -> Response[bytes]:
    """Show the front page, or older goods."""
    market, start = house(request).market, before_of(request)
    cards = await market.look(views.cards, before=start, cards_max=CARDS + 1)
    is_first = start == FIRST
    tiles = await market.look(views.categories, categories_max=TILES_MAX) if is_first else []
    page = {"categories": tiles, "is_first": is_first, "tab": "home", **page_of(cards, "/")}
    return show(request, "home.html", page)
