"""Search: a question and what it finds, the best first; and titles while somebody types."""

from uuid import uuid4

import msgspec
from litestar import Response, get

from jishi import discovery
from jishi.discovery import NoteEmptySearch
from jishi.discovery.rules import QUESTION_MAX
from jishi.discovery.views import Found
from jishi.evidence import Sight
from jishi.goods import views as goods_views
from jishi.kernel import MARKET, Market
from jishi.web.asked import NUMBER_MAX, Asked, house, language_of, number
from jishi.web.policy import PUBLIC
from jishi.web.storefront.lists import CARDS, TILES_MAX
from jishi.web.storefront.shown import show
from jishi.web.visits import saw

WEIGHED_MAX = 2_000
"""Goods that are weighed against each other; a word that fits more of them says little."""

SUGGESTIONS_MAX = 8
SCORE_MAX = 2**31 - 1
ANY = "1"


@get("/search", opt=PUBLIC, name="search")
async def search(request: Asked) -> Response[bytes]:
    """Show what a question finds; where nothing fits all of it, what fits a part."""
    question = question_of(request)
    asked = discovery.wanted(question)
    cards: list[Found] = []
    is_near = request.query_params.get("near") == ANY
    is_first = not request.query_params.keys() & {"near", "before"}
    if asked is not None:
        cards = await find(request, asked.any_of if is_near else asked.all_of)
        if is_first and question:
            saw(
                request,
                Sight(type="search.query", object_type="search", quantity=len(cards)),
            )
        if not cards and not is_near:
            is_near, cards = True, await find(request, asked.any_of)
            await note(house(request).market, question)
    tiles = (
        []
        if cards
        else await house(request).market.look(goods_views.categories, categories_max=TILES_MAX)
    )
    shown = cards[:CARDS]
    following = ""
    if len(cards) > CARDS:
        last = shown[-1]
        near = f"&near={ANY}" if is_near else ""
        following = f"&score={last.score}&before={last.product_id}{near}"
    page = {"question": question, "cards": shown, "is_near": is_near, "following": following}
    return show(request, "search.html", {**page, "categories": tiles})


@get("/search/suggestions", opt=PUBLIC, name="suggestions")
async def suggestions(request: Asked) -> Response[bytes]:
    """Give titles for what is being typed, as a JSON list of texts in the reader's language."""
    asked = discovery.wanted(question_of(request))
    titles: list[str] = []
    if asked is not None:
        found = await house(request).market.look(
            discovery.views.suggestions, wanted=asked.all_of, weighed_max=WEIGHED_MAX,
            suggestions_max=SUGGESTIONS_MAX,
        )  # fmt: skip
        is_english = language_of(request) == "en"
        titles = [(is_english and each.title_en) or each.title for each in found]
    body = msgspec.json.encode(list(dict.fromkeys(titles)))
    headers = {"cache-control": "private, max-age=60", "vary": "accept-language, cookie"}
    return Response(body, media_type="application/json", headers=headers)


def question_of(asked: Asked) -> str:
    """Read the question, as much of it as is looked for."""
    text = asked.query_params.get("q", "").replace("\x00", "")
    return text.strip()[:QUESTION_MAX]


async def find(asked: Asked, terms: str) -> list[Found]:
    """Look for the terms, from where the page before ended."""
    return await house(asked).market.look(
        discovery.views.found, wanted=terms, weighed_max=WEIGHED_MAX,
        score=min(number(asked.query_params.get("score", ""), SCORE_MAX), SCORE_MAX),
        before=number(asked.query_params.get("before", ""), NUMBER_MAX), cards_max=CARDS + 1,
    )  # fmt: skip


async def note(market: Market, question: str) -> None:
    """Remember a question that no goods fit, so that somebody can sell what is wanted."""
    if discovery.is_worth_noting(question):
        asked = NoteEmptySearch(key=uuid4(), book=MARKET, actor_id=0, question=question)
        await market.ask(asked)
