"""Lists of cards, a page at a time; one more is read than is shown, to know if more follow."""

from jishi.goods.views import Card
from jishi.web.asked import NUMBER_MAX, Asked, number

CARDS = 12
TILES_MAX = 16
FIRST = NUMBER_MAX


def before_of(asked: Asked) -> int:
    """Read where a page of a list begins; anything odd is its beginning."""
    return number(asked.query_params.get("before", ""), FIRST)


def page_of(cards: list[Card], path: str) -> dict[str, object]:
    """Give the cards to show, and the address of the next page."""
    shown = cards[:CARDS]
    following = f"{path}?before={shown[-1].product_id}" if len(cards) > CARDS else ""
    return {"cards": shown, "next": following}
