"""A purchase over several shops: its orders, where each stands, and what all of them come to."""

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import trade
from jishi.kernel import MARKET
from jishi.web.answer import show
from jishi.web.asked import Asked, house, language_of
from jishi.web.person import find_own
from jishi.web.policy import VISITOR
from jishi.web.storefront.said import said_of, tone_of


@get("/purchases/{purchase:str}", opt=VISITOR, name="purchase")
async def purchase(request: Asked, purchase: FromPath[str]) -> Response[bytes]:
    """Show a purchase to whoever made it; to anybody else it is not there."""
    found = await find_own(request, trade.views.purchase, of_book=MARKET, purchase=purchase)
    if found is None:
        raise NotFoundException
    words = house(request).engine.words[language_of(request)]
    page = {
        "page": found,
        "states": [(said_of(each.state, words).said, tone_of(each.state)) for each in found.orders],
        "total_fen": sum(each.total_fen for each in found.orders),
    }
    return show(request, "purchase.html", page)
